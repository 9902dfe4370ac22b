using Approvals.Tenants;

namespace Approvals.Ports;

/// <summary>Gives the tenant's people, policies and delegations as one immutable snapshot, so that decisions over it are pure.</summary>
public interface ITenantCatalog
{
    /// <summary>Null: no such tenant. Completes synchronously where the snapshot is at hand.</summary>
    ValueTask<TenantSnapshot?> FindAsync(string tenant, CancellationToken cancellation);

    /// <summary>Ids of all tenants.</summary>
    ValueTask<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation);
}
