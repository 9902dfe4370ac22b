using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Functions.Tables.Events;

/// <summary>The events' log with its consumers' places, and what they could not deliver at once.</summary>
internal sealed class TablesOutboxStore(EventsLog log, Consumers consumers) : IOutboxStore
{
    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation) => log.ReadAsync(after, most, cancellation);

    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string tenant, long after, long upTo, int most, CancellationToken cancellation) =>
        log.ReadAsync(tenant, after, upTo, most, cancellation);

    public ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation) => log.FindAsync(eventId, cancellation);

    public ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation) => consumers.CursorAsync(consumer, cancellation);

    public ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation) =>
        consumers.AdvanceAsync(consumer, position, postponed, cancellation);

    public ValueTask<ImmutableArray<Delivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation) =>
        consumers.DueAsync(consumer, now, most, cancellation);

    public ValueTask<ImmutableHashSet<string>> BlockedAsync(
        string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation) => consumers.BlockedAsync(consumer, requestIds, cancellation);

    public ValueTask SaveAsync(Delivery delivery, CancellationToken cancellation) => consumers.SaveAsync(delivery, cancellation);

    public ValueTask<Page<Delivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
        consumers.DeadLettersAsync(tenant, page, cancellation);

    public ValueTask<Delivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation) =>
        consumers.FindDeliveryAsync(tenant, id, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation) => consumers.NextDueAsync(consumer, cancellation);

    public ValueTask WaitAsync(long position, CancellationToken cancellation) => log.WaitAsync(position, cancellation);

    public ValueTask<long> HeadAsync(CancellationToken cancellation) => log.HeadAsync(cancellation);
}
