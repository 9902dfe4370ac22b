using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Functions.Tables.Partitions;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Takes over a directory file, with a row <c>b|id</c> of what it last said of each person: what it says again is not applied over later changes.
/// </summary>
internal sealed class TablesDirectorySeed(TenantChanges tenants, TimeProvider time) : IDirectorySeed
{
    /// <summary>People taken over in one transaction: two rows each, and an entry with its index.</summary>
    private const int MostAtOnce = 10;

    public async ValueTask SeedAsync(ImmutableArray<TenantDirectory> directories, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            var (tenant, partition) = (directory.Settings.Id, TenantTrail.PartitionOf(directory.Settings.Id));
            await WriteAsync(tenant, batch => PutIfChangedAsync(batch, batch.Row(TenantRows.Settings).With("body", directory.Settings, TableJson.Default.TenantSettings)));
            var said = (await tenants.Table.ListAsync(partition, TenantRows.Seeds, cancellation)).ToDictionary(row => row.RowKey, row => row.Bytes("body")!);
            foreach (var people in directory.People.Where(person => !Same(said.GetValueOrDefault(TenantRows.Seed(person.Id)), person)).Chunk(MostAtOnce))
            {
                await WriteAsync(tenant, batch => TakeAsync(batch, tenant, people));
            }

            var row = new TableEntity(TenantCatalog.TenantsPartition, TableKey.Part(tenant)) { ["id"] = tenant };
            await tenants.Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        }
    }

    private Task<bool> WriteAsync(string tenant, Func<PartitionBatch, ValueTask<bool>> plan) => tenants.WriteAsync(tenant, plan, changes: changed => changed, [], []);

    private async ValueTask<bool> TakeAsync(PartitionBatch batch, string tenant, IReadOnlyList<Person> people)
    {
        var changed = false;
        foreach (var person in people)
        {
            if (!await PutIfChangedAsync(batch, RowOf(batch, TenantRows.Seed(person.Id), person)))
            {
                // Another worker, starting too, was faster.
                continue;
            }

            changed = true;
            var before = await batch.FindAsync(TenantRows.Person(person.Id));
            if (await PutIfChangedAsync(batch, RowOf(batch, TenantRows.Person(person.Id), person)) && before is not null)
            {
                TenantTrail.Append(batch, [SeedEntry.Of(tenant, person, time.GetUtcNow())]);
            }
        }

        return changed;
    }

    private static bool Same(byte[]? said, Person person) =>
        said is not null && System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(person, TableJson.Default.Person).AsSpan().SequenceEqual(said);

    private static async ValueTask<bool> PutIfChangedAsync(PartitionBatch batch, TableEntity row)
    {
        var same = (await batch.FindAsync(row.RowKey))?.Bytes("body") is { } known && row.Bytes("body").AsSpan().SequenceEqual(known);
        if (!same)
        {
            batch.Put(row);
        }

        return !same;
    }

    private static TableEntity RowOf(PartitionBatch batch, string key, Person person) => batch.Row(key).With("body", person, TableJson.Default.Person);
}
