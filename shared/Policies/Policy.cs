using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Policies;

/// <summary>What somebody wrote: which actions need whose agreement. Immutable once published.</summary>
public sealed record Policy
{
    /// <summary>Letters, digits, dashes and underscores, joined by dots; at most 200 characters.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>Wildcard patterns: <c>purchasing.*</c> matches any depth below, <c>*</c> all but the service's own actions.</summary>
    public required ImmutableArray<string> ActionTypes { get; init => field = value.OrEmpty(); }

    /// <summary>Condition text; null: always.</summary>
    public string? When { get; init; }

    /// <summary>The highest applies; ties go by key order.</summary>
    public int Priority { get; init; }
    public required ImmutableArray<LevelDefinition> Levels { get; init => field = value.OrEmpty(); }
    public bool DistinctApprovers { get; init; }

    /// <summary>What a call comes to whose levels are all skipped: it is let pass. False: the tenant's fallback approvers are asked.</summary>
    public bool AllowWhenNoLevelApplies { get; init; }
    public TimeSpan CompleteWithin { get; init; } = TimeSpan.FromHours(168);
    public TimeSpan GrantValidFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Payload paths (<c>payload.iban</c>) masked in notifications, lists and prompts.</summary>
    public ImmutableArray<string> Sensitive { get; init => field = value.OrEmpty(); } = [];

    /// <summary>E.g. <c>Bill {payload.number} from {payload.vendor.name}</c>.</summary>
    public string? TitleTemplate { get; init; }

    /// <summary>People informed of each step: approver references.</summary>
    public ImmutableArray<string> Watchers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Whether it is about an action type, whatever its condition says. A wildcard is about none of the service's own actions.</summary>
    public bool Covers(string actionType) =>
        OwnActions.Is(actionType) ? ActionTypes.Contains(actionType) : ActionPattern.MatchesAny(ActionTypes, actionType);

    /// <summary>What the author expects; changes nothing of what the policy does.</summary>
    public ImmutableArray<PolicyCase> Cases { get; init => field = value.OrEmpty(); } = [];
}
