using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Ports;

/// <summary>
/// Reads what transitions left in the outbox, in commit order, for any number of consumers (webhook endpoints, notifications, Service Bus, side
/// effects), each with a cursor of its own.
/// </summary>
public interface IOutboxStore
{
    /// <summary>Events after a position, in order.</summary>
    ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation);

    /// <summary>Events of one tenant after a position and up to another, in order: for a stream that comes back.</summary>
    ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string tenant, long after, long upTo, int most, CancellationToken cancellation);

    /// <summary>The event of a delivery that is kept; null where there is none.</summary>
    ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation);

    /// <summary>Where a consumer stands; null for one that never advanced (0 is where one stands that began before the first event).</summary>
    ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation);

    /// <summary>Moves a consumer on and keeps what it could not deliver, in one commit.</summary>
    ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation);

    /// <summary>Postponed deliveries of a consumer that are due, the first of each request only: later ones wait behind it.</summary>
    ValueTask<ImmutableArray<Delivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation);

    /// <summary>Of the given requests, those that have a postponed (not dead) delivery with this consumer.</summary>
    ValueTask<ImmutableHashSet<string>> BlockedAsync(string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation);

    /// <summary>Replaces a delivery's row; <see cref="DeliveryStatus.Delivered"/> removes it.</summary>
    ValueTask SaveAsync(Delivery delivery, CancellationToken cancellation);

    ValueTask<Page<Delivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation);

    ValueTask<Delivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>When a consumer's next postponed delivery is due, of those that <see cref="DueAsync"/> would give: the first of each request; null: none.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation);

    /// <summary>Completes when there is an event after <paramref name="position"/>.</summary>
    ValueTask WaitAsync(long position, CancellationToken cancellation);

    /// <summary>The last position.</summary>
    ValueTask<long> HeadAsync(CancellationToken cancellation);
}
