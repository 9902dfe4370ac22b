using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Standalone.Engine;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>Changes people and tenants.</summary>
internal sealed class SqliteDirectoryStore(Writer writer) : IDirectoryStore, IDirectorySeed
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

    public async ValueTask SeedAsync(ImmutableArray<TenantDirectory> tenants, CancellationToken cancellation)
    {
        foreach (var directory in tenants)
        {
            await writer.RunAsync(ledger => Seed(ledger, directory), cancellation);
        }
    }

    private static bool Seed(Ledger ledger, TenantDirectory directory)
    {
        var id = directory.Settings.Id;
        var entry = ledger.Tenants.Find(id);
        if (entry is null || !Same(entry.Snapshot.Settings, directory.Settings, StoreJson.Default.TenantSettings))
        {
            entry = ledger.Tenants.Save(directory.Settings);
        }

        var known = entry.Snapshot.Directory;
        var changed = directory.People.Where(
            person => known.Find(person.Id) is not { } before || !Same(before, person, StoreJson.Default.Person)).ToList();
        if (changed.Count > 0)
        {
            ledger.People.Save(id, changed);
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
