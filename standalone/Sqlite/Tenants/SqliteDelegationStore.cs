using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Standalone.Engine;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>Delegations, past ones too.</summary>
internal sealed class SqliteDelegationStore(ReaderPool readers, Writer writer, TenantCatalog catalog, Announcements announcements) : IDelegationStore
{
    public async ValueTask<Page<Delegation>> ListAsync(string tenant, string? person, PageRequest page, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } number
            ? await readers.ReadAsync(connection => List(connection, number, person, page), cancellation)
            : new Page<Delegation>([], null);

    public async ValueTask<Delegation?> FindAsync(string tenant, string id, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } number
            ? await readers.ReadAsync(connection => DelegationTable.Find(connection, number, id, out _), cancellation)
            : null;

    public async ValueTask<bool> SaveAsync(
        string tenant, Delegation delegation, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation)
    {
        var saved = await writer.RunAsync(
            ledger =>
            {
                var entry = ledger.Tenants.Get(tenant);
                DelegationTable.Find(ledger.Connection, entry.Number, delegation.Id, out var over);
                if (over)
                {
                    return false;
                }

                ledger.Delegations.Save(tenant, delegation, over: delegation.EndedAt is not null);
                ledger.Record(entry, audit);
                ledger.Outbox.Append(events);
                return true;
            },
            cancellation);
        if (saved)
        {
            announcements.Due(DelegationTurn.NextAt(delegation).UtcTicks);
        }

        return saved;
    }

    /// <summary>Newest first.</summary>
    private static Page<Delegation> List(Connection connection, long tenant, string? person, PageRequest page)
    {
        var before = Cursor.Read(page.Cursor, 1)?[0] ?? long.MaxValue;
        var found = new List<(long Number, Delegation Delegation)>();
        var row = connection.Prepare("""
            SELECT number, body FROM delegation
            WHERE tenant = ?1 AND number < ?2 AND (?3 IS NULL OR delegator = ?3 OR delegate = ?3) ORDER BY number DESC LIMIT ?4
            """)
            .Bind(1, tenant).Bind(2, before).Bind(3, person).Bind(4, page.Limit + 1);
        while (row.Step())
        {
            found.Add((row.Int(0), DelegationTable.Read(row.Bytes(1))));
        }

        var (items, cursor) = Cursor.Page(found, page.Limit, item => Cursor.Write(item.Number));
        return new Page<Delegation>([.. items.Select(item => item.Delegation)], cursor);
    }
}
