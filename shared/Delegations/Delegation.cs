using System.Collections.Immutable;

namespace Approvals.Delegations;

/// <summary>Authority lent for a time. It ends by itself.</summary>
public sealed record Delegation
{
    public required string Id { get; init; }
    public required string Delegator { get; init; }
    public required string Delegate { get; init; }

    /// <summary>Wildcard patterns: <c>purchasing.*</c>, <c>*</c>.</summary>
    public ImmutableArray<string> ActionTypes { get; init => field = value.OrEmpty(); } = ["*"];
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it: the delegator or an administrator.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The request that must be approved before it counts; null: none needed.</summary>
    public string? PendingRequest { get; init; }

    /// <summary>Set once its beginning was told, where that came after its creation; null otherwise.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>Ended early.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsActive(DateTimeOffset now) => PendingRequest is null && EndedAt is null && From <= now && now < Until;
}
