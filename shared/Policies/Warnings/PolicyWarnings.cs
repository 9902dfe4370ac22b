using System.Collections.Immutable;
using Approvals.Policies.Simulation;
using Approvals.Tenants;

namespace Approvals.Policies.Warnings;

/// <summary>
/// Looks for what a policy names that is not there: people, roles and groups of the directory, members of payloads, action types in another case.
/// None of it is wrong for certain, since people come and payloads change.
/// </summary>
public static class PolicyWarnings
{
    private const int MaxWarnings = 50;

    /// <summary>The last calls of the tenant that are looked at.</summary>
    private const int MaxCalls = 200;

    public static async ValueTask<ImmutableArray<PolicyWarning>> OfAsync(
        RecordedChecks recorded, TenantSnapshot tenant, Policy policy, CancellationToken cancellation) =>
        Of(tenant, policy, await recorded.LastAsync(tenant, MaxCalls, cancellation));

    /// <param name="recorded">Calls of the tenant; without any of the policy's, nothing is said of payloads.</param>
    public static ImmutableArray<PolicyWarning> Of(TenantSnapshot tenant, Policy policy, ImmutableArray<RecordedCheck> recorded) =>
    [
        .. ActionTypeWarnings.Of(tenant, policy, recorded)
            .Concat(ReferenceWarnings.Of(tenant.Directory, policy))
            .Concat(PayloadWarnings.Of(policy, recorded))
            .Take(MaxWarnings),
    ];
}
