using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Functions.Tables.Partitions;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Changes people and tenants.</summary>
internal sealed class TablesDirectoryStore(TenantChanges tenants) : IDirectoryStore, IDirectorySeed
{
    /// <summary>People taken over in one transaction.</summary>
    private const int MostAtOnce = 90;

    public async ValueTask SaveAsync(string tenant, Person person, ImmutableArray<AuditDraft> audit, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            batch =>
            {
                batch.Put(RowOf(batch, person));
                return new ValueTask<bool>(true);
            },
            changes: _ => true,
            audit,
            []);

    public async ValueTask<bool> RemoveAsync(string tenant, string personId, ImmutableArray<AuditDraft> audit, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var there = await batch.FindAsync(TenantRows.Person(personId)) is not null;
                if (there)
                {
                    batch.Remove(TenantRows.Person(personId));
                }

                return there;
            },
            changes: removed => removed,
            audit,
            []);

    public async ValueTask SeedAsync(ImmutableArray<TenantDirectory> directories, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            await SeedAsync(directory);
            var row = new TableEntity(TenantCatalog.TenantsPartition, TableKey.Part(directory.Settings.Id)) { ["id"] = directory.Settings.Id };
            await tenants.Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        }
    }

    private async Task SeedAsync(TenantDirectory directory)
    {
        var tenant = directory.Settings.Id;
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var row = batch.Row(TenantRows.Settings).With("body", directory.Settings, TableJson.Default.TenantSettings);
                return await PutIfChangedAsync(batch, row);
            },
            changes: changed => changed,
            [],
            []);
        foreach (var people in directory.People.Chunk(MostAtOnce))
        {
            await tenants.WriteAsync(
                tenant,
                async batch =>
                {
                    var changed = false;
                    foreach (var person in people)
                    {
                        changed |= await PutIfChangedAsync(batch, RowOf(batch, person));
                    }

                    return changed;
                },
                changes: changed => changed,
                [],
                []);
        }
    }

    private static async ValueTask<bool> PutIfChangedAsync(PartitionBatch batch, TableEntity row)
    {
        var same = (await batch.FindAsync(row.RowKey))?.Bytes("body") is { } known && row.Bytes("body").AsSpan().SequenceEqual(known);
        if (!same)
        {
            batch.Put(row);
        }

        return !same;
    }

    private static TableEntity RowOf(PartitionBatch batch, Person person) =>
        batch.Row(TenantRows.Person(person.Id)).With("body", person, TableJson.Default.Person);
}
