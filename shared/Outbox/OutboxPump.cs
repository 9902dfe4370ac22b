using System.Collections.Immutable;
using Approvals.Ports;
using Microsoft.Extensions.Logging;

namespace Approvals.Outbox;

/// <summary>
/// Carries the outbox to one consumer: what is new, and beside it what was postponed, so that a failing request holds up neither others
/// nor what is new. A crash at any point delivers again and loses nothing.
/// </summary>
public sealed class OutboxPump(IOutboxStore store, IOutboxConsumer consumer, OutboxSignal signal, TimeProvider time, ILogger logger)
{
    /// <summary>Events read at once.</summary>
    public const int Batch = 500;

    /// <summary>Postponed deliveries tried at once.</summary>
    private const int RetryBatch = 64;

    /// <summary>Unwanted events passed before the cursor is written: after a crash they are only looked at again.</summary>
    private const long Unsaved = 10_000;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private long _position;
    private long _saved;

    /// <summary>Finds the consumer's place; a new one gets it durably before the first event can be missed.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await store.CursorAsync(consumer.Name, cancellation) is { } cursor)
        {
            _position = _saved = cursor;
            return;
        }

        _position = _saved = consumer.FromTheBeginning ? 0 : await store.HeadAsync(cancellation);
        await store.AdvanceAsync(consumer.Name, _position, [], cancellation);
    }

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(
        LoopAsync(NewAsync, () => WaitAsync(cancellation), cancellation),
        LoopAsync(RetryAsync, () => RestAsync(cancellation), cancellation));

    /// <summary>Delivers the next events. False: there were none.</summary>
    public async Task<bool> NewAsync(CancellationToken cancellation)
    {
        var records = await store.ReadAsync(_position, Batch, cancellation);
        var wanted = records.RemoveAll(record => !consumer.Wants(record.Event));
        var position = records.IsEmpty ? _position : records[^1].Position;
        var postponed = wanted.IsEmpty ? [] : await DeliverNewAsync(wanted, cancellation);
        if (!wanted.IsEmpty || position - _saved >= Unsaved || (records.IsEmpty && position > _saved))
        {
            await store.AdvanceAsync(consumer.Name, position, postponed, cancellation);
            _saved = position;
        }

        _position = position;
        if (!postponed.IsEmpty)
        {
            signal.Pulse();
        }

        return !records.IsEmpty;
    }

    /// <summary>Tries what is due again. False: nothing was.</summary>
    public async Task<bool> RetryAsync(CancellationToken cancellation)
    {
        var due = await store.DueAsync(consumer.Name, time.GetUtcNow(), RetryBatch, cancellation);
        var found = ImmutableArray.CreateBuilder<(Delivery Delivery, OutboxRecord Record)>(due.Length);
        foreach (var delivery in due)
        {
            if (await store.FindAsync(delivery.EventId, cancellation) is { } record)
            {
                found.Add((delivery, record));
            }
            else
            {
                var lost = DeliveryResult.GiveUp("The event is no longer there.");
                await store.SaveAsync(RetrySchedule.After(delivery, lost, time.GetUtcNow()), cancellation);
            }
        }

        var results = await TryAsync([.. found.Select(pair => pair.Record)], cancellation);
        for (var i = 0; i < results.Length; i++)
        {
            var after = RetrySchedule.After(found[i].Delivery, results[i], time.GetUtcNow());
            await TellIfDeadAsync(found[i].Record, after, cancellation);
            await store.SaveAsync(after, cancellation);
        }

        return !due.IsEmpty;
    }

    private async Task<ImmutableArray<Delivery>> DeliverNewAsync(ImmutableArray<OutboxRecord> wanted, CancellationToken cancellation)
    {
        var requests = wanted.Select(record => record.Event.RequestId).Distinct(StringComparer.Ordinal).ToArray();
        var blocked = await store.BlockedAsync(consumer.Name, requests, cancellation);
        var open = blocked.IsEmpty ? wanted : wanted.RemoveAll(record => blocked.Contains(record.Event.RequestId));
        var results = await TryAsync(open, cancellation);

        var now = time.GetUtcNow();
        var postponed = ImmutableArray.CreateBuilder<Delivery>();
        for (var i = 0; i < open.Length; i++)
        {
            if (results[i].Outcome != DeliveryOutcome.Delivered)
            {
                var after = RetrySchedule.After(RetrySchedule.First(consumer.Name, open[i], now), results[i], now);
                await TellIfDeadAsync(open[i], after, cancellation);
                postponed.Add(after);
            }
        }

        postponed.AddRange(wanted
            .Where(record => blocked.Contains(record.Event.RequestId))
            .Select(record => RetrySchedule.First(consumer.Name, record, now)));
        return postponed.ToImmutable();
    }

    private async Task<ImmutableArray<DeliveryResult>> TryAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation)
    {
        if (records.IsEmpty)
        {
            return [];
        }

        try
        {
            return await consumer.DeliverAsync(records, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(fault, "Delivering {Count} events to {Consumer} failed.", records.Length, consumer.Name);
        }

        // One event may be what the consumer chokes on: find it, so that the others go on.
        return records.Length == 1
            ? [DeliveryResult.Retry("The consumer failed.")]
            : await PerRequest.DeliverAsync(records, 1, async (record, token) => (await TryAsync([record], token))[0], cancellation);
    }

    private ValueTask TellIfDeadAsync(OutboxRecord record, Delivery delivery, CancellationToken cancellation) =>
        delivery.Status == DeliveryStatus.Dead ? consumer.GaveUpAsync(record.Event, delivery.LastError, cancellation) : default;

    private async Task WaitAsync(CancellationToken cancellation)
    {
        await store.WaitAsync(_position, cancellation);
        if (consumer.Gather > TimeSpan.Zero)
        {
            await Task.Delay(consumer.Gather, time, cancellation);
        }
    }

    private async Task RestAsync(CancellationToken cancellation)
    {
        var pulse = signal.Next;
        var due = await store.NextDueAsync(consumer.Name, cancellation);
        var rest = due is { } at ? at - time.GetUtcNow() : LongestRest;
        if (rest <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await pulse.WaitAsync(rest < LongestRest ? rest : LongestRest, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The rest is over.
        }
    }

    private async Task LoopAsync(Func<CancellationToken, Task<bool>> step, Func<Task> rest, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!await step(cancellation))
                {
                    await rest();
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.LogError(fault, "The outbox could not be carried to {Consumer}; it goes on in a moment.", consumer.Name);
                await Task.Delay(AfterFault, time, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }
}
