using System.Collections.Immutable;
using System.Globalization;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Approvals.Outbox;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Events;

/// <summary>
/// All events of the service in one order, which consumers follow. Events come from requests' partitions, where they were committed with their
/// transition; whoever carries them over may do so again, and then they stand here twice under one id.
/// </summary>
internal sealed class EventsLog : IDisposable
{
    private const string Partition = "log";
    private const string EventPrefix = "e|";
    private const string IdPrefix = "i|";

    /// <summary>Two rows an event, and the head.</summary>
    private const int MostAtOnce = 40;

    /// <summary>How soon events are noticed that another process wrote.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly TableClient table;
    private readonly PartitionWriter writer;
    private readonly Milestone reached = new();
    private readonly RecentEvents recent = new();
    private readonly ITimer look;
    private int waiting;

    public EventsLog(TableClient table, TimeProvider time)
    {
        this.table = table;
        writer = new PartitionWriter(table, Partition);
        look = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Appends events in their order; durable when it returns. Who waits is woken by <see cref="Announce"/>.</summary>
    public async Task AppendAsync(IReadOnlyCollection<OutboxEvent> events)
    {
        foreach (var some in events.Chunk(MostAtOnce))
        {
            var first = await writer.WriteAsync(batch =>
            {
                var position = batch.Head.Position;
                foreach (var happened in some)
                {
                    position++;
                    batch.Put(RequestRows.Onto(batch.Row(KeyOf(position)), happened), isNew: true);
                    var byId = batch.Row(IdPrefix + TableKey.Part(happened.Id));
                    byId["position"] = position;
                    batch.Put(byId, isNew: true);
                }

                batch.Head = batch.Head with { Position = position };
                return new ValueTask<long>(position - some.Length + 1);
            });
            recent.Add(first, some);
        }
    }

    /// <summary>Wakes who waits in this process, when everything shows that the events tell of.</summary>
    public void Announce() => reached.Reach(recent.Last);

    public async ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation)
    {
        if (recent.TryRead(after, most, reached.Value, out var known))
        {
            return known;
        }

        var found = ImmutableArray.CreateBuilder<OutboxRecord>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition} and RowKey gt {KeyOf(after)} and RowKey le {KeyOf(long.MaxValue)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: Math.Min(most, 1000), cancellationToken: cancellation))
        {
            found.Add(new OutboxRecord(long.Parse(row.RowKey.AsSpan(EventPrefix.Length), CultureInfo.InvariantCulture), RequestRows.Event(row)));
            if (found.Count == most)
            {
                break;
            }
        }

        return found.ToImmutable();
    }

    public async ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation)
    {
        var byId = await table.GetEntityIfExistsAsync<TableEntity>(Partition, IdPrefix + TableKey.Part(eventId), cancellationToken: cancellation);
        if (!byId.HasValue)
        {
            return null;
        }

        var position = byId.Value!.GetInt64("position")!.Value;
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, KeyOf(position), cancellationToken: cancellation);
        return row.HasValue ? new OutboxRecord(position, RequestRows.Event(row.Value!)) : null;
    }

    public async ValueTask<long> HeadAsync(CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, PartitionHead.Key, cancellationToken: cancellation);
        return row.HasValue ? PartitionHead.Of(row.Value!).Position : 0;
    }

    public async ValueTask WaitAsync(long position, CancellationToken cancellation)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await reached.AboveAsync(position, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => look.Dispose();

    /// <summary>What fails now is looked at again in a moment.</summary>
    private void Look()
    {
        if (Volatile.Read(ref waiting) > 0)
        {
            _ = HeadAsync(CancellationToken.None).AsTask().ContinueWith(
                head => reached.Reach(head.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    private static string KeyOf(long position) => EventPrefix + TableKey.Ascending(position);
}
