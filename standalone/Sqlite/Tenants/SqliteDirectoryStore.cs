using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Standalone.Engine;
using Approvals.Values;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>Changes people and tenants.</summary>
internal sealed class SqliteDirectoryStore(Writer writer, TimeProvider time) : IDirectoryStore, IDirectorySeed
{
    public async ValueTask SaveAsync(string tenant, Person person, ImmutableArray<AuditDraft> audit, CancellationToken cancellation) =>
        await writer.RunAsync(
            ledger =>
            {
                ledger.People.Save(tenant, [person]);
                ledger.Record(ledger.Tenants.Get(tenant), audit);
                return true;
            },
            cancellation);

    public ValueTask<bool> RemoveAsync(string tenant, string personId, ImmutableArray<AuditDraft> audit, CancellationToken cancellation) =>
        writer.RunAsync(
            ledger =>
            {
                if (!ledger.People.Remove(tenant, personId))
                {
                    return false;
                }

                ledger.Record(ledger.Tenants.Get(tenant), audit);
                return true;
            },
            cancellation);

    /// <summary>
    /// Takes over what a directory file says that it did not say the last time: its tenants' settings, and people that are new in it or
    /// changed there. Everybody else stays as they are, so that what administrators changed or removed since is not undone by a start.
    /// </summary>
    public async ValueTask SeedAsync(ImmutableArray<TenantDirectory> tenants, CancellationToken cancellation)
    {
        foreach (var directory in tenants)
        {
            await writer.RunAsync(ledger => Seed(ledger, directory), cancellation);
        }
    }

    private bool Seed(Ledger ledger, TenantDirectory directory)
    {
        var id = directory.Settings.Id;
        var entry = ledger.Tenants.Find(id);
        if (entry is null || !Same(entry.Snapshot.Settings, directory.Settings, StoreJson.Default.TenantSettings))
        {
            entry = ledger.Tenants.Save(directory.Settings);
        }

        var known = entry.Snapshot.Directory;
        var said = directory.People.Where(
            person => ledger.Seeds.Take(entry.Number, person.Id, StoreJson.Write(person, StoreJson.Default.Person))).ToList();
        var changed = said.Where(person => known.Find(person.Id) is not { } before || !Same(before, person, StoreJson.Default.Person)).ToList();
        if (changed.Count > 0)
        {
            ledger.People.Save(id, changed);
            ledger.Record(entry, [.. changed.Where(person => known.Find(person.Id) is not null).Select(person => SeedEntry.Of(id, person, time.GetUtcNow()))]);
        }

        return true;
    }

    /// <summary>As stored: records with lists in them are never equal by themselves.</summary>
    private static bool Same<T>(T left, T right, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var one = StoreJson.Write(left, type).ToArray();
        return StoreJson.Write(right, type).SequenceEqual(one);
    }
}
