using System.Collections.Immutable;

namespace Approvals.Outbox;

/// <summary>Somebody who is given the events that leave the service: each at least once, in order within a request.</summary>
public interface IOutboxConsumer
{
    /// <summary>Stable across restarts: names the cursor and the postponed deliveries.</summary>
    string Name { get; }

    /// <summary>Whether a new consumer is given the events that were there before it.</summary>
    bool FromTheBeginning { get; }

    /// <summary>Time to let events gather before they are given; for consumers that write much for little, so that many share a commit.</summary>
    TimeSpan Gather => TimeSpan.Zero;

    /// <summary>Cheap; an event not wanted costs nothing more.</summary>
    bool Wants(OutboxEvent happened);

    /// <summary>
    /// Gives events in commit order and answers for each, in the same order. After an event of a request that is not delivered, the later
    /// ones of that request are <see cref="DeliveryResult.Behind"/>. An exception counts as a failure of all.
    /// </summary>
    ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation);

    /// <summary>Told before an event becomes a dead letter; it may come more than once.</summary>
    ValueTask GaveUpAsync(OutboxEvent happened, string? error, CancellationToken cancellation) => default;
}
