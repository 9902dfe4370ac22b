using System.Collections.Immutable;
using System.Globalization;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Approvals.Outbox;
using Approvals.Telemetry;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tables.Events;

/// <summary>
/// All events of the service in one order, which consumers follow. Events come from requests' partitions, where they were committed with their
/// transition; whoever carries them over may do so again, in another process too: each stands here once.
/// </summary>
internal sealed partial class EventsLog : IDisposable
{
    private const string Partition = "log";
    private const string EventPrefix = "e|";
    private const string IdPrefix = "i|";

    /// <summary>Two rows an event, and the head.</summary>
    private const int MostAtOnce = 40;

    /// <summary>How soon events are noticed that another process wrote.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Between looks while the storage does not answer.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly TableClient table;
    private readonly PartitionWriter writer;
    private readonly Milestone reached = new();
    private readonly RecentEvents recent = new();
    private readonly ITimer look;
    private readonly ILogger<EventsLog> logger;
    private TimeSpan pause = LookEvery;
    private int waiting;

    public EventsLog(TableClient table, TimeProvider time, ILogger<EventsLog> logger)
    {
        (this.table, this.logger) = (table, logger);
        writer = new PartitionWriter(table, Partition);
        look = time.CreateTimer(_ => _ = LookAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        look.Change(LookEvery, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Appends events in their order, but for those that are there; durable when it returns. Who waits is woken by <see cref="Announce"/>.</summary>
    public async Task AppendAsync(IReadOnlyCollection<OutboxEvent> events)
    {
        foreach (var some in events.Chunk(MostAtOnce))
        {
            var (first, fresh) = await writer.WriteAsync(batch => PlanAsync(batch, some));
            if (fresh.Count > 0)
            {
                recent.Add(first, fresh);
            }
        }
    }

    /// <returns>The first position, and what was not there before.</returns>
    private static async ValueTask<(long First, List<OutboxEvent> Fresh)> PlanAsync(PartitionBatch batch, OutboxEvent[] events)
    {
        var first = batch.Head.Position + 1;
        var fresh = new List<OutboxEvent>(events.Length);
        foreach (var happened in events)
        {
            var byId = batch.Row(IdPrefix + TableKey.Part(happened.Id));
            if (await batch.FindAsync(byId.RowKey, isNew: true) is null)
            {
                var position = first + fresh.Count;
                batch.Put(RequestRows.Onto(batch.Row(KeyOf(position)), happened), isNew: true);
                byId["position"] = position;
                batch.Put(byId, isNew: true);
                fresh.Add(happened);
            }
        }

        batch.Head = batch.Head with { Position = batch.Head.Position + fresh.Count };
        return (first, fresh);
    }

    /// <summary>Wakes who waits in this process, when everything shows that the events tell of.</summary>
    public void Announce() => reached.Reach(recent.Last);

    public async ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation)
    {
        if (recent.TryRead(after, most, reached.Value, out var known))
        {
            return known;
        }

        return await ReadAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {KeyOf(after)} and RowKey le {KeyOf(long.MaxValue)}"), most, cancellation);
    }

    /// <summary>Of one tenant, which the service filters by.</summary>
    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string tenant, long after, long upTo, int most, CancellationToken cancellation) => ReadAsync(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {KeyOf(after)} and RowKey le {KeyOf(upTo)} and tenant eq {tenant}"),
        most, cancellation);

    private async ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string filter, int most, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<OutboxRecord>();
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

    /// <summary>One look after the other; what fails is looked at again, each time after twice as long.</summary>
    private async Task LookAsync()
    {
        try
        {
            if (Volatile.Read(ref waiting) > 0)
            {
                reached.Reach(await HeadAsync(CancellationToken.None));
            }

            pause = LookEvery;
        }
        catch (Exception fault)
        {
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            Meters.Failed("events");
            NotRead(logger, fault, pause);
        }

        look.Change(pause, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of events could not be read; what other workers wrote is noticed late. It is tried again in {Pause}.")]
    private static partial void NotRead(ILogger logger, Exception fault, TimeSpan pause);

    private static string KeyOf(long position) => EventPrefix + TableKey.Ascending(position);
}
