using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Directory;

/// <summary>
/// Resolves levels over one tenant snapshot, completing synchronously: references become the people they mean at that moment, agents left out,
/// routed to delegates and substitutes; a condition that fails has the level asked.
/// </summary>
/// <param name="snapshot">The request's payload and requester, as conditions and <c>field:</c> references read them.</param>
public sealed class LevelResolver(TenantSnapshot tenant, Snapshot snapshot) : ILevelResolver
{
    public TenantSnapshot Tenant { get; } = tenant;

    public Snapshot Snapshot { get; } = snapshot;

    public ValueTask<LevelResolution> ResolveAsync(RequestState state, int level, DateTimeOffset now) =>
        throw new System.Diagnostics.UnreachableException();
}
