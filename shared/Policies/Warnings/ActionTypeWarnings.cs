using System.Collections.Immutable;
using Approvals.Policies.Simulation;
using Approvals.Tenants;

namespace Approvals.Policies.Warnings;

/// <summary>Action types that differ in case only from those of recorded calls, or of the tenant's other policies.</summary>
internal static class ActionTypeWarnings
{
    public static IEnumerable<PolicyWarning> Of(TenantSnapshot tenant, Policy policy, ImmutableArray<RecordedCheck> recorded)
    {
        var called = recorded.Select(call => call.Check.ActionType).Distinct(StringComparer.Ordinal)
            .Where(type => !ActionPattern.MatchesAny(policy.ActionTypes, type)).ToArray();
        var others = tenant.Policies.Active.Where(other => other.Policy.Key != policy.Key).ToArray();
        for (var i = 0; i < policy.ActionTypes.Length; i++)
        {
            var pattern = policy.ActionTypes[i];
            if (Array.Find(called, type => ActionPattern.Matches(pattern.ToLowerInvariant(), type.ToLowerInvariant())) is { } type)
            {
                yield return new($"/actionTypes/{i}", Phrase.With(Texts.WarningCaseOfCalls, pattern, type));
            }
            foreach (var other in others)
            {
                if (other.Policy.ActionTypes.FirstOrDefault(theirs => theirs != pattern && theirs.Equals(pattern, StringComparison.OrdinalIgnoreCase)) is { } theirs)
                {
                    yield return new($"/actionTypes/{i}", Phrase.With(Texts.WarningCaseOfPolicy, pattern, theirs, other.Policy.Key));
                    break;
                }
            }
        }
    }
}
