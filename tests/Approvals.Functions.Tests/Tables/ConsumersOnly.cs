using System.Collections.Immutable;
using Approvals.Functions.Tables;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Functions.Tests.Tables;

/// <summary>An outbox without events: what its consumers keep.</summary>
internal sealed class ConsumersOnly(Consumers consumers) : IOutboxStore
{
    public ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation) => consumers.CursorAsync(consumer, cancellation);

    public ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation) =>
        consumers.AdvanceAsync(consumer, position, postponed, cancellation);

    public ValueTask<ImmutableArray<Delivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation) =>
        consumers.DueAsync(consumer, now, most, cancellation);

    public ValueTask<ImmutableHashSet<string>> BlockedAsync(string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation) =>
        consumers.BlockedAsync(consumer, requestIds, cancellation);

    public ValueTask SaveAsync(Delivery delivery, CancellationToken cancellation) => consumers.SaveAsync(delivery, cancellation);

    public ValueTask<Page<Delivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
        consumers.DeadLettersAsync(tenant, page, cancellation);

    public ValueTask<Delivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation) =>
        consumers.FindDeliveryAsync(tenant, id, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation) => consumers.NextDueAsync(consumer, cancellation);

    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask WaitAsync(long position, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<long> HeadAsync(CancellationToken cancellation) => throw new NotSupportedException();
}
