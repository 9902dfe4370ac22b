using System.Collections.Immutable;
using Approvals.Types;

namespace Approvals.Web.Requests;

/// <summary>The form that starts a request by hand.</summary>
public sealed record NewRequestView
{
    public required ImmutableArray<string> Types { get; init; }

    public required ApprovalType Type { get; init; }

    /// <summary>What was typed, by the form's names.</summary>
    public ImmutableDictionary<string, string> Typed { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is wrong, by the form's names; the empty name is the form as a whole.</summary>
    public ImmutableDictionary<string, string> Wrong { get; init; } = ImmutableDictionary<string, string>.Empty;
}
