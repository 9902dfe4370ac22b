using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Standalone.Engine;
using Approvals.Values;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>Changes people and tenants.</summary>
internal sealed class SqliteDirectoryStore(Writer writer, TimeProvider time) : IDirectoryStore, IDirectorySeed
{
    public ValueTask<bool> ChangeAsync(
        string tenant, Person? before, Person after, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation) =>
        writer.RunAsync(
            ledger =>
            {
                var entry = ledger.Tenants.Get(tenant);
                if (entry.Snapshot.Directory.Find(after.Id) != before)
                {
                    return false;
                }

                ledger.People.Save(tenant, [after]);
                ledger.Record(entry, audit);
                ledger.Outbox.Append(events);
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

        var (known, now) = (entry.Snapshot.Directory, time.GetUtcNow());
        var plan = new SeedPlan(known, directory.People);
        var said = directory.People.Where(
            person => ledger.Seeds.Take(entry.Number, person.Id, StoreJson.Write(person, StoreJson.Default.Person))).Select(plan.Of).ToList();
        var gone = directory.RemovesOthers
            ? ledger.Seeds.Drop(entry.Number, [.. directory.People.Select(person => person.Id)]).Select(known.Named).OfType<Person>()
            : [];
        foreach (var (before, after) in plan.Changes(said, gone, now))
        {
            ledger.People.Save(id, [after]);
            ledger.Record(entry, before is null ? [] : [SeedEntry.Of(id, before, after, now)]);
            ledger.Outbox.Append(SeedPlan.Events(id, before, after, now));
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
