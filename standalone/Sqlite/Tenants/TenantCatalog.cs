using System.Collections.Frozen;
using Approvals.Ports;
using Approvals.Tenants;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>Every tenant's snapshot in memory, replaced by the writer after each commit that changed it.</summary>
internal sealed class TenantCatalog : ITenantCatalog
{
    private volatile FrozenDictionary<string, TenantEntry> tenants = FrozenDictionary<string, TenantEntry>.Empty;

    public ValueTask<TenantSnapshot?> FindAsync(string tenant, CancellationToken cancellation) => new(Find(tenant)?.Snapshot);

    public ValueTask<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation) =>
        new([.. tenants.Keys.Order(StringComparer.Ordinal)]);

    public TenantEntry? Find(string tenant) => tenants.GetValueOrDefault(tenant);

    /// <summary>For queries; null where there is no such tenant, and so nothing to find.</summary>
    public long? NumberOf(string tenant) => Find(tenant)?.Number;

    /// <summary>For the writer alone.</summary>
    public void Replace(IReadOnlyDictionary<string, TenantEntry> changed)
    {
        if (changed.Count > 0)
        {
            tenants = tenants.Where(pair => !changed.ContainsKey(pair.Key)).Concat(changed).ToFrozenDictionary(StringComparer.Ordinal);
        }
    }
}
