using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Tenants;
using Approvals.Types;

namespace Approvals.Requests;

/// <summary>What a submission or a resubmission finds that the policies ask now, about the payload as it is now. The request is pinned to it.</summary>
public sealed record ChainPlan
{
    /// <summary>Null where no policy asks.</summary>
    public PolicyRef? Policy { get; init; }

    public bool RequesterLevels { get; init; }

    public required ImmutableArray<LevelDefinition> Levels { get; init => field = value.OrEmpty(); }

    public bool DistinctApprovers { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeSpan CompleteWithin { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeSpan GrantValidFor { get; init; }

    /// <summary>Those of the policy; whoever was informed before stays so.</summary>
    public ImmutableArray<string> Watchers { get; init => field = value.OrEmpty(); } = [];

    /// <summary>
    /// The levels that a requester named stay where still nothing covers the action type. Where no policy asks any more, the fallback approvers decide: nothing
    /// slips out of a chain that people have begun.
    /// </summary>
    public static ChainPlan Of(TenantSnapshot tenant, ApprovalType type, RequestState state, GateEvaluation evaluation)
    {
        var own = state.RequesterLevels && !type.HasSideEffect && !tenant.Policies.Covers(state.ActionType);
        return new ChainPlan
        {
            Policy = evaluation.Policy,
            RequesterLevels = own,
            Levels = own ? [.. state.Levels.Select(level => level.Definition).Where(level => !FallbackLevel.Is(level))]
                : evaluation.NeedsApproval ? evaluation.Levels
                : FallbackLevel.Of(tenant.Settings.FallbackApprovers),
            DistinctApprovers = evaluation.DistinctApprovers,
            CompleteWithin = evaluation.CompleteWithin,
            GrantValidFor = evaluation.GrantValidFor,
            Watchers = evaluation.Watchers,
        };
    }
}
