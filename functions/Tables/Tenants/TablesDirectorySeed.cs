using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Functions.Tables.Partitions;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Takes over a directory file, with a row <c>b|id</c> of what it last said of each person: what it says again is not applied over later changes, and
/// whom it names no longer is removed.
/// </summary>
internal sealed class TablesDirectorySeed(TenantChanges tenants, TimeProvider time) : IDirectorySeed
{
    /// <summary>People taken over in one transaction: two rows each, an entry with its index, and an event.</summary>
    private const int MostAtOnce = 10;

    public async ValueTask SeedAsync(ImmutableArray<TenantDirectory> directories, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            var (tenant, partition) = (directory.Settings.Id, TenantTrail.PartitionOf(directory.Settings.Id));
            await tenants.WriteAsync(
                tenant,
                batch => PutIfChangedAsync(batch, batch.Row(TenantRows.Settings).With("body", directory.Settings, TableJson.Default.TenantSettings)),
                changes: changed => changed, [], []);
            var said = (await tenants.Table.ListAsync(partition, TenantRows.Seeds, cancellation)).ToDictionary(row => row.RowKey, row => row.Bytes("body")!);
            var known = new DirectorySnapshot((await tenants.Table.ListAsync(partition, TenantRows.People, cancellation)).Select(TenantRows.PersonOf));
            var plan = new SeedPlan(known, directory.People);
            var named = directory.People.Select(person => TenantRows.Seed(person.Id)).ToHashSet(StringComparer.Ordinal);
            var gone = said.Where(seed => directory.RemovesOthers && !named.Contains(seed.Key)).Select(seed => System.Text.Json.JsonSerializer.Deserialize(seed.Value, TableJson.Default.Person)!);
            foreach (var people in directory.People.Where(person => !Same(said.GetValueOrDefault(TenantRows.Seed(person.Id)), person)).Chunk(MostAtOnce))
            {
                await WriteAsync(tenant, people, (batch, person) => PutIfChangedAsync(batch, RowOf(batch, TenantRows.Seed(person.Id), person)), plan.Of);
            }

            foreach (var people in gone.Chunk(MostAtOnce))
            {
                await WriteAsync(tenant, people, DropAsync, person => known.Named(person.Id)?.Gone(null, time.GetUtcNow()));
            }

            await tenants.CarryOverAsync(tenant, cancellation);

            var row = new TableEntity(TenantCatalog.TenantsPartition, TableKey.Part(tenant)) { ["id"] = tenant };
            await tenants.Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        }
    }

    /// <param name="take">Writes what the file now says of a person. False: another worker, starting too, was faster.</param>
    /// <param name="after">The person as the directory is to have them; null: there is nobody.</param>
    private Task<bool> WriteAsync(
        string tenant, IReadOnlyList<Person> people, Func<PartitionBatch, Person, ValueTask<bool>> take, Func<Person, Person?> after) =>
        tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var changed = false;
                foreach (var person in people)
                {
                    if (!await take(batch, person))
                    {
                        continue;
                    }

                    changed = true;
                    if (after(person) is not { } wanted)
                    {
                        continue;
                    }

                    var now = time.GetUtcNow();
                    var before = await batch.FindAsync(TenantRows.Person(wanted.Id)) is { } row ? TenantRows.PersonOf(row) : null;
                    wanted = wanted.Since(before, null, now);
                    if (await PutIfChangedAsync(batch, RowOf(batch, TenantRows.Person(wanted.Id), wanted)) && before is not null)
                    {
                        TenantTrail.Append(batch, [SeedEntry.Of(tenant, before, wanted, now)]);
                        TenantChanges.Tell(batch, SeedPlan.Events(tenant, before, wanted, now));
                    }
                }

                return changed;
            },
            changes: changed => changed, [], []);

    private static async ValueTask<bool> DropAsync(PartitionBatch batch, Person person)
    {
        var there = await batch.FindAsync(TenantRows.Seed(person.Id)) is not null;
        if (there)
        {
            batch.Remove(TenantRows.Seed(person.Id));
        }

        return there;
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
