using System.Collections.Immutable;
using Approvals.Gate;
using Approvals.Policies.Compiled;
using Approvals.Tenants;

namespace Approvals.Policies.Simulation;

/// <summary>Tries a policy, draft or live, without changing anything.</summary>
public static class PolicySimulation
{
    /// <summary>What one policy would do with one call, whatever the tenant's others say.</summary>
    /// <param name="version">0 for a draft that is not stored.</param>
    /// <param name="isStranger">The actor is nobody of the directory, even where somebody there has this id.</param>
    public static SimulationResult Run(
        TenantSnapshot tenant, Policy policy, int version, GateCheck check, DateTimeOffset now, bool isStranger = false)
    {
        var compiled = CompiledPolicy.Of(policy, version, rank: 0);
        if (!policy.Covers(check.ActionType))
        {
            return new SimulationResult
            {
                Matched = false,
                Policy = compiled.Ref,
                Levels = [],
                Explanation = [],
                Summary = Phrase.With(Texts.PolicyDoesNotCover, check.ActionType),
            };
        }
        var input = GateInput.Of(check, now);
        string? fault = null;
        var holds = compiled.When is null || compiled.When.Holds(input, out fault);
        var clauses = PolicyExplanation.Clauses(compiled.When, input, policy.Sensitive);
        var noted = fault is null ? null : PolicyExplanation.Fault(compiled, fault);
        var asking = isStranger ? check with { Actor = check.Actor with { Id = "" } } : check;
        var noLevel = holds && compiled.SkipsAllLevels(input);
        var allowed = noLevel && policy.AllowWhenNoLevelApplies;
        var levels = noted is not null ? SimulatedLevels.Of(tenant, FallbackLevel.Of(tenant.Settings.FallbackApprovers), asking, input)
            : holds ? SimulatedLevels.Of(tenant, policy.Levels, asking, input, fallback: !allowed)
            : [];
        var summary = noted is not null ? PolicyExplanation.Failed(compiled, noted)
            : noLevel ? PolicyExplanation.NoLevel(compiled)
            : holds ? PolicyExplanation.Applies(compiled, clauses)
            : Texts.PolicyIsFalse;
        var refusal = SimulatedLevels.Refusal(levels);
        return new SimulationResult
        {
            Matched = (holds && !allowed) || fault is not null,
            Policy = compiled.Ref,
            Levels = levels,
            Explanation = clauses,
            Fault = noted,
            Refusal = refusal,
            Summary = refusal is null ? summary : $"{summary} {refusal.Detail}",
        };
    }

    /// <summary>
    /// Runs recorded calls through a policy, each as of its own time. Where a version of it is active, this one takes its place among the
    /// tenant's policies; a new policy is looked at by itself, in place of whatever gated the calls.
    /// </summary>
    /// <param name="version">0 for a draft that is not stored.</param>
    public static ReplayResult Replay(TenantSnapshot tenant, Policy policy, int version, IEnumerable<RecordedCheck> recorded)
    {
        var replaced = tenant.Policies.Active.FirstOrDefault(active => active.Policy.Key == policy.Key)?.Policy;
        var changed = replaced is null ? null : tenant with { Policies = tenant.Policies.With(policy, version) };
        var items = ImmutableArray.CreateBuilder<ReplayedCheck>();
        var evaluated = 0;
        foreach (var call in recorded)
        {
            evaluated++;
            if (policy.Covers(call.Check.ActionType)
                || replaced?.Covers(call.Check.ActionType) == true)
            {
                items.Add(changed is null ? Alone(tenant, policy, version, call) : Among(changed, call));
            }
        }
        return new ReplayResult(
            evaluated, items.Count(item => item.Gated), items.Count(item => item.Gated && !item.Recorded.WasGated),
            items.Count(item => !item.Gated && item.Recorded.WasGated), items.ToImmutable());
    }

    private static ReplayedCheck Alone(TenantSnapshot tenant, Policy policy, int version, RecordedCheck call)
    {
        var result = Run(tenant, policy, version, call.Check, call.At);
        return new ReplayedCheck(call, result.Matched, Asked(result.Levels), result.Explanation, result.Fault);
    }

    private static ReplayedCheck Among(TenantSnapshot changed, RecordedCheck call)
    {
        var evaluation = GateRules.Evaluate(changed, call.Check, call.At);
        var levels = SimulatedLevels.Of(changed, evaluation.Levels, call.Check, GateInput.Of(call.Check, call.At));
        return new ReplayedCheck(call, evaluation.NeedsApproval, Asked(levels), evaluation.Explanation, evaluation.Fault);
    }

    private static ImmutableArray<string> Asked(ImmutableArray<SimulatedLevel> levels) =>
        [.. levels.Where(level => level.IsAsked).Select(level => level.Name)];
}
