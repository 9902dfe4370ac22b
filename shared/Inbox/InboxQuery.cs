using System.Collections.Immutable;

namespace Approvals.Inbox;

/// <summary>What waits for a person, by their own authority or somebody else's.</summary>
public sealed record InboxQuery
{
    public required string Tenant { get; init; }

    /// <summary>The person first, then those they act for.</summary>
    public required ImmutableArray<InboxAuthority> Authorities { get; init; }

    public InboxFilter Filter { get; init; } = InboxFilter.All;

    public InboxSort Sort { get; init; } = InboxSort.Due;

    /// <summary>Requests of this person are left out: nobody decides their own.</summary>
    public string? ExceptRequestedBy { get; init; }

    /// <summary>Free text looked for in titles, case-insensitive; null: any.</summary>
    public string? Search { get; init; }

    /// <summary>Null: any.</summary>
    public string? RequestType { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>Somebody's waiting decisions, limited to action types.</summary>
/// <param name="ActionTypes">Wildcard patterns; <c>*</c> for all.</param>
public sealed record InboxAuthority(string Person, ImmutableArray<string> ActionTypes);

/// <summary>Which of the waiting decisions.</summary>
public enum InboxFilter
{
    All,
    Overdue,
    DueToday,
    OnBehalf,
}

/// <summary>Oldest due first, or newest request first.</summary>
public enum InboxSort
{
    Due,
    Newest,
}

/// <param name="Overdue">Of <paramref name="Count"/>.</param>
public sealed record InboxCount(int Count, int Overdue);
