using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Standalone.Sqlite.Outbox;

/// <summary>Reads events and consumers' places.</summary>
internal static class OutboxReader
{
    public static ImmutableArray<OutboxRecord> After(Connection connection, long after, int most)
    {
        var records = ImmutableArray.CreateBuilder<OutboxRecord>();
        var row = connection.Prepare("SELECT position, id, tenant, request, type, time, body FROM outbox WHERE position > ?1 ORDER BY position LIMIT ?2")
            .Bind(1, after).Bind(2, most);
        while (row.Step())
        {
            records.Add(Read(row));
        }

        return records.DrainToImmutable();
    }

    /// <summary>Of one tenant. Others' events between the positions are passed over without reading their bodies.</summary>
    public static ImmutableArray<OutboxRecord> Between(Connection connection, string tenant, long after, long upTo, int most)
    {
        var records = ImmutableArray.CreateBuilder<OutboxRecord>();
        var row = connection.Prepare("""
            SELECT position, id, tenant, request, type, time, body FROM outbox
            WHERE position > ?1 AND position <= ?2 AND tenant = ?3 ORDER BY position LIMIT ?4
            """).Bind(1, after).Bind(2, upTo).Bind(3, tenant).Bind(4, most);
        while (row.Step())
        {
            records.Add(Read(row));
        }

        return records.DrainToImmutable();
    }

    public static OutboxRecord? Find(Connection connection, string id)
    {
        var row = connection.Prepare("""
            SELECT o.position, o.id, o.tenant, o.request, o.type, o.time, o.body
            FROM delivery d JOIN outbox o ON o.position = d.position WHERE d.event = ?1 LIMIT 1
            """).Bind(1, id);
        if (!row.Step())
        {
            return null;
        }

        var record = Read(row);
        row.Reset();
        return record;
    }

    public static long? CursorOf(Connection connection, string consumer)
    {
        var row = connection.Prepare("SELECT position FROM consumer WHERE name = ?1").Bind(1, consumer);
        if (!row.Step())
        {
            return null;
        }

        var position = row.Int(0);
        row.Reset();
        return position;
    }

    public static long Head(Connection connection) => connection.Number("SELECT max(position) FROM outbox") ?? 0;

    private static OutboxRecord Read(Statement row) => new(row.Int(0), new OutboxEvent
    {
        Id = row.Text(1),
        Tenant = row.Text(2),
        RequestId = row.Text(3),
        Type = row.Text(4),
        Time = Time.At(row.Int(5)),
        Body = row.Bytes(6).ToArray(),
    });
}
