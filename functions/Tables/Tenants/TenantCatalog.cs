using System.Collections.Concurrent;
using System.Collections.Immutable;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Functions.Tables.Partitions;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Tenants;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Tenants' snapshots, kept in memory. What this process changes shows at once; what others change, after <see cref="LookEvery"/> at the latest,
/// when the partition's head tells that the catalog has changed. People come from elsewhere where a source keeps them.
/// </summary>
internal sealed class TenantCatalog(TableClient table, TimeProvider time, IPeopleSource? source = null) : ITenantCatalog
{
    public const string TenantsPartition = "!tenants";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private volatile Listed? listed;

    /// <param name="People">As the source gave them; null: they are the partition's own.</param>
    private sealed record Entry(TenantSnapshot Snapshot, long Version, ImmutableArray<Person>? People, DateTimeOffset LookedAt);

    private sealed record Listed(IReadOnlyList<string> Tenants, DateTimeOffset LookedAt);

    public ValueTask<TenantSnapshot?> FindAsync(string tenant, CancellationToken cancellation) =>
        entries.TryGetValue(tenant, out var entry) && IsFresh(entry.LookedAt) ? new(entry.Snapshot) : LookAsync(tenant, entry, cancellation);

    public async ValueTask<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation)
    {
        if (listed is { } known && IsFresh(known.LookedAt))
        {
            return known.Tenants;
        }

        var now = time.GetUtcNow();
        var tenants = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {TenantsPartition}"), cancellationToken: cancellation))
        {
            tenants.Add(row.GetString("id"));
        }

        tenants.Sort(StringComparer.Ordinal);
        listed = new Listed(tenants, now);
        return tenants;
    }

    /// <summary>After a change by this process.</summary>
    public void Forget(string tenant)
    {
        entries.TryRemove(tenant, out _);
        listed = null;
    }

    private bool IsFresh(DateTimeOffset lookedAt) => time.GetUtcNow() - lookedAt < LookEvery;

    private async ValueTask<TenantSnapshot?> LookAsync(string tenant, Entry? known, CancellationToken cancellation)
    {
        // Whoever asks for names that are none is answered from the list.
        if (known is null && !(await TenantsAsync(cancellation)).Contains(tenant))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var partition = TenantTrail.PartitionOf(tenant);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, PartitionHead.Key, cancellationToken: cancellation);
        if (!row.HasValue)
        {
            return null;
        }

        var version = PartitionHead.Of(row.Value!).Catalog;
        var people = source is null ? null : await source.ReadAsync(tenant, cancellation);
        var entry = known?.Version == version && known.People == people
            ? known with { LookedAt = now }
            : new Entry(await LoadAsync(partition, people, cancellation), version, people, now);
        entries[tenant] = entry;
        return entry.Snapshot;
    }

    /// <summary>Read after the version: what changes meanwhile is read again at the next look.</summary>
    private async Task<TenantSnapshot> LoadAsync(string partition, ImmutableArray<Person>? known, CancellationToken cancellation)
    {
        var settings = await table.GetEntityAsync<TableEntity>(partition, TenantRows.Settings, cancellationToken: cancellation);
        var people = known ?? [.. (await table.ListAsync(partition, TenantRows.People, cancellation)).Select(TenantRows.PersonOf)];
        var versions = await table.ListAsync(partition, TenantRows.Versions, cancellation, "active eq true");
        var delegations = await table.ListAsync(partition, TenantRows.Delegations, cancellation, "over eq false");
        return new TenantSnapshot(
            TenantRows.SettingsOf(settings.Value),
            new DirectorySnapshot(people),
            new PolicySet(versions.Select(TenantRows.VersionOf)),
            new DelegationSet(delegations.Select(TenantRows.DelegationOf)));
    }
}
