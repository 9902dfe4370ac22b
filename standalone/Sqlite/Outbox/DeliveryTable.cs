using System.Collections.Immutable;
using Approvals.Outbox;
using OutboxDelivery = Approvals.Outbox.Delivery;

namespace Approvals.Standalone.Sqlite.Outbox;

/// <summary>Deliveries that wait for another try, and those given up.</summary>
internal static class DeliveryTable
{
    private const string Columns =
        "d.id, d.consumer, d.tenant, d.request, d.event, d.type, d.position, d.status, d.attempts, d.first_at, d.next_at, d.last_error";

    /// <summary>The first waiting one of its request with its consumer.</summary>
    private const string IsFirst = """
        NOT EXISTS (SELECT 1 FROM delivery e WHERE e.status = 0 AND e.consumer = d.consumer AND e.request = d.request AND e.tenant = d.tenant AND e.position < d.position)
        """;

    public static void Save(Connection connection, OutboxDelivery delivery)
    {
        if (delivery.Status == DeliveryStatus.Delivered)
        {
            connection.Prepare("DELETE FROM delivery WHERE id = ?1").Bind(1, delivery.Id).Run();
            return;
        }

        connection.Prepare("""
            INSERT OR REPLACE INTO delivery(id, consumer, tenant, request, event, type, position, status, attempts, first_at, next_at, last_error)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
            .Bind(1, delivery.Id).Bind(2, delivery.Consumer).Bind(3, delivery.Tenant).Bind(4, delivery.RequestId).Bind(5, delivery.EventId)
            .Bind(6, delivery.EventType).Bind(7, delivery.Position).Bind(8, delivery.Status == DeliveryStatus.Dead ? 1 : 0)
            .Bind(9, delivery.Attempts).Bind(10, delivery.FirstAt.UtcTicks).Bind(11, delivery.NextAt.UtcTicks).Bind(12, delivery.LastError).Run();
    }

    public static ImmutableArray<OutboxDelivery> Due(Connection connection, string consumer, DateTimeOffset now, int most)
    {
        var due = ImmutableArray.CreateBuilder<OutboxDelivery>();
        var row = connection.Prepare($"""
            SELECT {Columns} FROM delivery d
            WHERE d.status = 0 AND d.consumer = ?1 AND d.next_at <= ?2 AND {IsFirst} ORDER BY d.next_at, d.position LIMIT ?3
            """)
            .Bind(1, consumer).Bind(2, now.UtcTicks).Bind(3, most);
        while (row.Step())
        {
            due.Add(Read(row));
        }

        return due.DrainToImmutable();
    }

    public static DateTimeOffset? NextDue(Connection connection, string consumer)
    {
        var row = connection.Prepare($"""
            SELECT d.next_at FROM delivery d WHERE d.status = 0 AND d.consumer = ?1 AND {IsFirst} ORDER BY d.next_at LIMIT 1
            """).Bind(1, consumer);
        DateTimeOffset? next = row.Step() ? Time.At(row.Int(0)) : null;
        row.Reset();
        return next;
    }

    public static ImmutableHashSet<string> Blocked(Connection connection, string consumer, IReadOnlyCollection<string> requests)
    {
        // Where everything gets through, which is usual, one look tells it for all of them.
        var any = connection.Prepare("SELECT 1 FROM delivery WHERE status = 0 AND consumer = ?1 LIMIT 1").Bind(1, consumer);
        if (!any.Step())
        {
            return [];
        }

        any.Reset();
        var blocked = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            var row = connection.Prepare("SELECT 1 FROM delivery WHERE status = 0 AND consumer = ?1 AND request = ?2 LIMIT 1")
                .Bind(1, consumer).Bind(2, request);
            if (row.Step())
            {
                blocked.Add(request);
                row.Reset();
            }
        }

        return blocked.ToImmutable();
    }

    /// <summary>The oldest first.</summary>
    public static Page<OutboxDelivery> Dead(Connection connection, string tenant, PageRequest page)
    {
        var after = Cursor.Read(page.Cursor, 2) ?? [0, 0];
        var found = new List<(long Row, OutboxDelivery Delivery)>();
        var row = connection.Prepare($"""
            SELECT {Columns}, d.number FROM delivery d WHERE d.status = 1 AND d.tenant = ?1 AND (d.position, d.number) > (?2, ?3)
            ORDER BY d.position, d.number LIMIT ?4
            """)
            .Bind(1, tenant).Bind(2, after[0]).Bind(3, after[1]).Bind(4, page.Limit + 1);
        while (row.Step())
        {
            found.Add((row.Int(12), Read(row)));
        }

        var (items, cursor) = Cursor.Page(found, page.Limit, item => Cursor.Write(item.Delivery.Position, item.Row));
        return new Page<OutboxDelivery>([.. items.Select(item => item.Delivery)], cursor);
    }

    public static OutboxDelivery? Find(Connection connection, string tenant, string id)
    {
        var row = connection.Prepare($"SELECT {Columns} FROM delivery d WHERE d.id = ?1 AND d.tenant = ?2").Bind(1, id).Bind(2, tenant);
        if (!row.Step())
        {
            return null;
        }

        var delivery = Read(row);
        row.Reset();
        return delivery;
    }

    private static OutboxDelivery Read(Statement row) => new()
    {
        Id = row.Text(0),
        Consumer = row.Text(1),
        Tenant = row.Text(2),
        RequestId = row.Text(3),
        EventId = row.Text(4),
        EventType = row.Text(5),
        Position = row.Int(6),
        Status = row.Int(7) == 1 ? DeliveryStatus.Dead : DeliveryStatus.Waiting,
        Attempts = (int)row.Int(8),
        FirstAt = Time.At(row.Int(9)),
        NextAt = Time.At(row.Int(10)),
        LastError = row.TextOrNull(11),
    };
}
