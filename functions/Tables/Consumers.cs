using System.Collections.Concurrent;
using System.Collections.Immutable;
using Approvals.Outbox;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tables;

/// <summary>
/// The consumers' half of the outbox: where each stands, what it could not be given, and what was given up. The process that holds the
/// outbox's <see cref="Lease"/> carries consumers; any may list dead letters and bring them back.
/// </summary>
/// <remarks>
/// A cursor that moved with nothing postponed is written within <see cref="WriteEvery"/>: a crash delivers again what happened meanwhile,
/// which consumers allow, and a busy outbox costs one write a second in place of one a batch.
/// </remarks>
internal sealed class Consumers : IAsyncDisposable
{
    public static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    private readonly TableClient _table;
    private readonly TimeProvider _time;
    private readonly ILogger<Consumers> _logger;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly DeadLetters _dead;
    private readonly ConcurrentDictionary<string, ConsumerPlace> _places = new(StringComparer.Ordinal);
    private readonly ITimer _writing;
    private int _scheduled;

    public Consumers(TableClient table, TimeProvider time, ILogger<Consumers> logger)
    {
        (_table, _time, _logger) = (table, time, logger);
        _dead = new DeadLetters(table);
        _writing = time.CreateTimer(_ => _ = WriteAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation) => await Of(consumer).CursorAsync(cancellation);

    /// <exception cref="ConsumerTakenException">Another process carries it.</exception>
    public async ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation)
    {
        // All in other partitions: before the cursor, so that a crash between delivers again.
        var own = postponed.RemoveAll(delivery => delivery.Status != DeliveryStatus.Waiting || delivery.Consumer != consumer);
        foreach (var other in postponed.Where(delivery => delivery.Status == DeliveryStatus.Waiting && delivery.Consumer != consumer))
        {
            await SaveAsync(other, cancellation);
        }

        await _dead.SaveAsync(postponed.Where(delivery => delivery.Status == DeliveryStatus.Dead), cancellation);
        if (await Of(consumer).AdvanceAsync(position, own, cancellation))
        {
            Schedule();
        }
    }

    public async ValueTask<ImmutableArray<Delivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation) =>
        await Of(consumer).DueAsync(now, most, cancellation);

    public async ValueTask<ImmutableHashSet<string>> BlockedAsync(
        string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation) =>
        await Of(consumer).BlockedAsync(requestIds, cancellation);

    public async ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation) =>
        await Of(consumer).NextDueAsync(cancellation);

    /// <remarks>
    /// A delivery that becomes dead, or is brought back, changes partitions: it is written where it goes before it is removed where it was. A
    /// crash between leaves both, and the next try decides.
    /// </remarks>
    public async ValueTask SaveAsync(Delivery delivery, CancellationToken cancellation)
    {
        var place = Of(delivery.Consumer);
        if (delivery.Status == DeliveryStatus.Waiting)
        {
            if (!await place.SaveAsync(delivery, cancellation))
            {
                await _dead.RemoveAsync(delivery, cancellation);
            }

            return;
        }

        if (delivery.Status == DeliveryStatus.Dead)
        {
            await _dead.SaveAsync([delivery], cancellation);
        }

        await place.RemoveAsync(delivery, cancellation);
    }

    public ValueTask<Page<Delivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
        _dead.ListAsync(tenant, page, cancellation);

    public async ValueTask<Delivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation)
    {
        if (await _dead.FindAsync(tenant, id, cancellation) is { } dead)
        {
            return dead;
        }

        // Delivery.IdOf: an event's id has no dot; a consumer's name may.
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        var waiting = dot < 0 ? null : await ConsumerPlace.FindAsync(_table, id[(dot + 1)..], id[..dot], cancellation);
        return waiting?.Tenant == tenant ? waiting : null;
    }

    /// <summary>Writes what is only in memory and forgets the rest: call it when the lease ends, with no call under way.</summary>
    public async Task ReleaseAsync()
    {
        await WriteAsync();
        _places.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.DisposeAsync();
        await ReleaseAsync();
    }

    /// <summary>Writes every cursor that is only in memory.</summary>
    internal async Task WriteAsync()
    {
        Volatile.Write(ref _scheduled, 0);
        foreach (var (name, place) in _places)
        {
            try
            {
                await place.WriteAsync(CancellationToken.None);
            }
            catch (ConsumerTakenException fault)
            {
                _logger.LogWarning(fault, "The place of {Consumer} is not written.", name);
            }
            catch (Exception fault)
            {
                _logger.LogWarning(fault, "The place of {Consumer} could not be written; it is tried again.", name);
                Schedule();
            }
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            _writing.Change(WriteEvery, Timeout.InfiniteTimeSpan);
        }
    }

    private ConsumerPlace Of(string consumer) =>
        _places.GetOrAdd(consumer, (name, self) => new ConsumerPlace(self._table, name, self._owner, self._time), this);
}
