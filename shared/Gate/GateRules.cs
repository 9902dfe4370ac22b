using System.Collections.Immutable;
using Approvals.Chains.State;
using Approvals.Conditions;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Policies.Compiled;
using Approvals.Tenants;

namespace Approvals.Gate;

/// <summary>
/// Which policy applies to a gate call: of those that cover the action type, the first in order (priority, then key) whose condition is true.
/// Fails closed: where the condition of one that would come first fails, it can't be told, and the tenant's fallback approvers are asked. They are also asked
/// (by the chain itself) where the policy's levels are all skipped, unless it says to let such a call pass.
/// </summary>
public static class GateRules
{
    private static readonly GateEvaluation NoneApplies = new() { NeedsApproval = false, Summary = Texts.NoPolicyApplies };

    public static GateEvaluation Evaluate(TenantSnapshot tenant, GateCheck check, DateTimeOffset now)
    {
        var candidates = tenant.Policies.For(check.ActionType);
        return candidates.IsEmpty ? GateEvaluation.Allowed : Evaluate(tenant, check, now, candidates);
    }

    private static GateEvaluation Evaluate(TenantSnapshot tenant, GateCheck check, DateTimeOffset now, ReadOnlySpan<CompiledPolicy> candidates)
    {
        var input = GateInput.Of(check, now);
        CompiledPolicy? applies = null;
        string? decisive = null;
        List<CompiledPolicy>? matched = null;
        List<(CompiledPolicy Policy, string Text)>? faults = null;
        foreach (var policy in candidates)
        {
            string? fault = null;
            if (policy.When is null || policy.When.Holds(input, out fault))
            {
                (matched ??= []).Add(policy);
                applies ??= policy;
            }
            else if (fault is not null)
            {
                (faults ??= []).Add((policy, PolicyExplanation.Fault(policy, fault)));
                if (applies is null)
                {
                    (applies, decisive) = (policy, faults[^1].Text);
                }
            }
        }
        if (applies is null)
        {
            return NoneApplies;
        }
        ImmutableArray<CompiledPolicy> concerned = [.. matched ?? [], .. (faults ?? []).Select(fault => fault.Policy)];
        var sensitive = concerned.SelectMany(policy => policy.Policy.Sensitive).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var clauses = PolicyExplanation.Clauses(applies.When, input, sensitive);
        var noLevel = decisive is null && applies.SkipsAllLevels(input);
        var allowed = noLevel && applies.Policy.AllowWhenNoLevelApplies && !OwnActions.Is(check.ActionType);
        return Of(applies, tenant, check, sensitive) with
        {
            NeedsApproval = !allowed,
            Levels = decisive is not null ? FallbackLevel.Of(tenant.Settings.FallbackApprovers) : allowed ? [] : applies.Policy.Levels,
            Matched = [.. (matched ?? []).Select(policy => policy.Ref)],
            Fault = decisive,
            OtherFaults = [.. (faults ?? []).Select(fault => fault.Text).Where(text => text != decisive)],
            Explanation = clauses,
            Summary = decisive is not null ? PolicyExplanation.Failed(applies, decisive)
                : noLevel ? PolicyExplanation.NoLevel(applies)
                : PolicyExplanation.Applies(applies, clauses),
        };
    }

    private static GateEvaluation Of(CompiledPolicy applies, TenantSnapshot tenant, GateCheck check, ImmutableArray<string> sensitive)
    {
        var policy = applies.Policy;
        var watchers = new References(tenant.Directory, check.Actor, check.Payload).People(policy.Watchers);
        return new GateEvaluation
        {
            NeedsApproval = true,
            Policy = applies.Ref,
            DistinctApprovers = policy.DistinctApprovers,
            CompleteWithin = policy.CompleteWithin,
            GrantValidFor = policy.GrantValidFor,
            Watchers = [.. watchers.Select(person => person.Id)],
            Sensitive = sensitive,
            Title = Titles.Of(policy.TitleTemplate, check, sensitive),
            Summary = "",
        };
    }
}
