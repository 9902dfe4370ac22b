using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Standalone.Sqlite.Outbox;

/// <summary>Appends events: the writer's side of the outbox.</summary>
internal sealed class OutboxLog(Connection connection)
{
    private readonly List<OutboxRecord> appended = [];
    private long head;

    /// <summary>Below it only what deliveries still need is left.</summary>
    private long prunedTo;
    private bool pruned;

    /// <summary>The last position that was committed.</summary>
    public long Committed { get; private set; }

    public RecentEvents Recent { get; } = new();

    public void Open()
    {
        head = Committed = connection.Number("SELECT max(position) FROM outbox") ?? 0;
        appended.Clear();
        Recent.Restart(head);
    }

    public void Append(ImmutableArray<OutboxEvent> events)
    {
        foreach (var happened in events)
        {
            connection.Prepare("INSERT INTO outbox(position, id, tenant, request, type, time, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                .Bind(1, ++head).Bind(2, happened.Id).Bind(3, happened.Tenant).Bind(4, happened.RequestId).Bind(5, happened.Type)
                .Bind(6, happened.Time.UtcTicks).Bind(7, happened.Body.Span).Run();
            appended.Add(new OutboxRecord(head, happened));
        }
    }

    /// <summary>
    /// Drops the oldest events that every consumer has passed and that no postponed or dead delivery needs. The last one always stays: it
    /// holds the position, which must never be given twice.
    /// </summary>
    /// <param name="most">Events looked at.</param>
    /// <returns>False: nothing is left to drop.</returns>
    public bool Prune(DateTimeOffset before, int most)
    {
        var passed = Math.Min(connection.Number("SELECT min(position) FROM consumer") ?? head, head - 1);
        var last = prunedTo;
        var row = connection.Prepare("SELECT position, time FROM outbox WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3")
            .Bind(1, prunedTo).Bind(2, passed).Bind(3, most);
        while (row.Step() && row.Int(1) < before.UtcTicks)
        {
            last = row.Int(0);
        }

        row.Reset();
        if (last == prunedTo)
        {
            return false;
        }

        connection.Prepare("""
            DELETE FROM outbox WHERE position > ?1 AND position <= ?2
              AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.position = outbox.position)
            """).Bind(1, prunedTo).Bind(2, last).Run();
        prunedTo = last;
        pruned = true;
        return true;
    }

    public void Commit()
    {
        Committed = head;
        if (pruned)
        {
            // Rarely, and simpler than to look which of them went.
            Recent.Restart(head);
        }
        else
        {
            Recent.Add(appended);
        }

        pruned = false;
        appended.Clear();
    }

    public void Rollback()
    {
        head = Committed;
        pruned = false;
        appended.Clear();
    }
}
