using System.Collections.Immutable;
using Approvals.Notifications;
using Approvals.Ports;
using Approvals.Standalone.Engine;

namespace Approvals.Standalone.Sqlite.Feed;

/// <summary>The in-app feed.</summary>
internal sealed class SqliteNotificationStore(ReaderPool readers, Writer writer) : INotificationStore
{
    /// <summary>Among what is kept of a person.</summary>
    private const string FirstAsk = "firstAsk";

    public async ValueTask AddAsync(ImmutableArray<Notification> notifications, CancellationToken cancellation)
    {
        if (!notifications.IsEmpty)
        {
            await writer.RunAsync(ledger => Add(ledger.Connection, notifications), cancellation);
        }
    }

    public ValueTask<string> KeepFirstAsync(string tenant, string person, string messageId, CancellationToken cancellation) =>
        writer.RunAsync(ledger => KeepFirst(ledger.Connection, tenant, person, messageId), cancellation);

    public ValueTask<Page<Notification>> ListAsync(string tenant, string person, PageRequest page, CancellationToken cancellation) =>
        readers.ReadAsync(connection => List(connection, tenant, person, page), cancellation);

    private static bool Add(Connection connection, ImmutableArray<Notification> notifications)
    {
        foreach (var one in notifications)
        {
            connection.Prepare("""
                INSERT INTO notification(id, tenant, person, kind, request, title, text, due_at, link, at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(id) DO NOTHING
                """)
                .Bind(1, one.Id).Bind(2, one.Tenant).Bind(3, one.Person).Bind(4, one.Kind).Bind(5, one.RequestId).Bind(6, one.Title)
                .Bind(7, one.Text).Bind(8, one.DueAt?.UtcTicks).Bind(9, one.Link).Bind(10, one.At.UtcTicks).Run();
        }

        return true;
    }

    private static string KeepFirst(Connection connection, string tenant, string person, string messageId)
    {
        connection.Prepare("INSERT INTO personal(tenant, person, name, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
            .Bind(1, tenant).Bind(2, person).Bind(3, FirstAsk).Bind(4, messageId).Run();
        var row = connection.Prepare("SELECT body FROM personal WHERE tenant = ?1 AND person = ?2 AND name = ?3")
            .Bind(1, tenant).Bind(2, person).Bind(3, FirstAsk);
        row.Step();
        var first = row.Text(0);
        row.Reset();
        return first;
    }

    private static Page<Notification> List(Connection connection, string tenant, string person, PageRequest page)
    {
        var before = Cursor.Read(page.Cursor, 1)?[0] ?? long.MaxValue;
        var found = new List<(long Number, Notification Notification)>();
        var row = connection.Prepare("""
            SELECT number, id, tenant, person, kind, request, title, text, due_at, link, at FROM notification
            WHERE tenant = ?1 AND person = ?2 AND number < ?3 ORDER BY number DESC LIMIT ?4
            """)
            .Bind(1, tenant).Bind(2, person).Bind(3, before).Bind(4, page.Limit + 1);
        while (row.Step())
        {
            found.Add((row.Int(0), new Notification(
                row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.TextOrNull(5), row.Text(6), row.Text(7),
                Time.At(row.IntOrNull(8)), row.TextOrNull(9), Time.At(row.Int(10)))));
        }

        var (items, cursor) = Cursor.Page(found, page.Limit, item => Cursor.Write(item.Number));
        return new Page<Notification>([.. items.Select(item => item.Notification)], cursor);
    }
}
