using System.Collections.Immutable;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Policies;

namespace Approvals.Gate;

/// <summary>What the tenant's policies say of one gate call.</summary>
public sealed record GateEvaluation
{
    /// <summary>No policy covers the action type.</summary>
    public static readonly GateEvaluation Allowed = new() { NeedsApproval = false, Summary = Texts.NoPolicyCovers };

    /// <summary>The policies were not asked, because the call itself is wrong.</summary>
    public static readonly GateEvaluation Unknown = new() { NeedsApproval = true, Summary = "" };

    public required bool NeedsApproval { get; init; }

    /// <summary>The policy that applies, or the one that failed (see <see cref="Fault"/>); null where none does.</summary>
    public PolicyRef? Policy { get; init; }

    /// <summary>All whose condition is true, in the order in which they were asked; the audit trail keeps them.</summary>
    public ImmutableArray<PolicyRef> Matched { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The chain to start: the policy's levels, or the tenant's fallback level after a fault. Empty where allowed.</summary>
    public ImmutableArray<LevelDefinition> Levels { get; init => field = value.OrEmpty(); } = [];
    public bool DistinctApprovers { get; init; }
    public TimeSpan CompleteWithin { get; init; } = TimeSpan.FromHours(168);
    public TimeSpan GrantValidFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Ids of people to inform of each step.</summary>
    public ImmutableArray<string> Watchers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Payload paths to mask: those of every policy that matched or failed.</summary>
    public ImmutableArray<string> Sensitive { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The title by the policy's template, sensitive fields masked; else made of action type and subject. 1–500 characters.</summary>
    public string Title { get; init; } = "";

    /// <summary>
    /// The condition that failed at run time and so has the fallback approvers asked, as <c>key@version: message</c>; for the audit entry. Null
    /// where a policy applies by itself.
    /// </summary>
    public string? Fault { get; init; }

    /// <summary>Failed conditions of policies that would not have come first.</summary>
    public ImmutableArray<string> OtherFaults { get; init => field = value.OrEmpty(); } = [];

    /// <summary>One or two sentences for people: which policy, why.</summary>
    public required string Summary { get; init; }

    /// <summary>The clauses of the condition that applied or failed.</summary>
    public ImmutableArray<ExplainedClause> Explanation { get; init => field = value.OrEmpty(); } = [];
}
