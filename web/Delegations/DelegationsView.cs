using System.Collections.Immutable;
using Approvals.Delegations;

namespace Approvals.Web.Delegations;

/// <summary>Authority that the reader lent and was lent; administrators see everybody's.</summary>
public sealed record DelegationsView
{
    public required ImmutableArray<Delegation> Items { get; init; }

    public string? NextCursor { get; init; }

    /// <summary>First day of the month that the calendar shows.</summary>
    public required DateOnly Month { get; init; }

    public DelegationForm Form { get; init; } = new();
}

/// <summary>The form as it was typed, with what is wrong with it.</summary>
public sealed record DelegationForm
{
    public string? Delegator { get; init; }
    public string? Delegate { get; init; }

    /// <summary>Local date and time of the reader, as the browser's field writes it.</summary>
    public string? From { get; init; }
    public string? Until { get; init; }

    /// <summary>Patterns, one a line or separated by commas.</summary>
    public string? ActionTypes { get; init; }
    public string? Reason { get; init; }

    /// <summary>By field; the empty name is the form as a whole.</summary>
    public ImmutableDictionary<string, string> Wrong { get; init; } = ImmutableDictionary<string, string>.Empty;
}
