using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Standalone.Engine;
using OutboxDelivery = Approvals.Outbox.Delivery;

namespace Approvals.Standalone.Sqlite.Outbox;

/// <summary>The outbox with its consumers' places, and what they could not deliver at once.</summary>
internal sealed class SqliteOutboxStore(ReaderPool readers, Writer writer, Milestone committed, RecentEvents recent) : IOutboxStore
{
    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation) =>
        recent.After(after, most) is { } kept ? new(kept) : readers.ReadAsync(connection => OutboxReader.After(connection, after, most), cancellation);

    public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string tenant, long after, long upTo, int most, CancellationToken cancellation) =>
        readers.ReadAsync(connection => OutboxReader.Between(connection, tenant, after, upTo, most), cancellation);

    public ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation) =>
        readers.ReadAsync(connection => OutboxReader.Find(connection, eventId), cancellation);

    public ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation) =>
        readers.ReadAsync(connection => OutboxReader.CursorOf(connection, consumer), cancellation);

    public async ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<OutboxDelivery> postponed, CancellationToken cancellation) =>
        await writer.RunAsync(
            ledger =>
            {
                ledger.Connection.Prepare("INSERT OR REPLACE INTO consumer(name, position) VALUES (?1, ?2)").Bind(1, consumer).Bind(2, position).Run();
                foreach (var delivery in postponed)
                {
                    DeliveryTable.Save(ledger.Connection, delivery);
                }

                return true;
            },
            cancellation);

    public ValueTask<ImmutableArray<OutboxDelivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation) =>
        readers.ReadAsync(connection => DeliveryTable.Due(connection, consumer, now, most), cancellation);

    public ValueTask<ImmutableHashSet<string>> BlockedAsync(
        string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation) =>
        readers.ReadAsync(connection => DeliveryTable.Blocked(connection, consumer, requestIds), cancellation);

    public async ValueTask SaveAsync(OutboxDelivery delivery, CancellationToken cancellation) =>
        await writer.RunAsync(
            ledger =>
            {
                DeliveryTable.Save(ledger.Connection, delivery);
                return true;
            },
            cancellation);

    public ValueTask<Page<OutboxDelivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
        readers.ReadAsync(connection => DeliveryTable.Dead(connection, tenant, page), cancellation);

    public ValueTask<OutboxDelivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation) =>
        readers.ReadAsync(connection => DeliveryTable.Find(connection, tenant, id), cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation) =>
        readers.ReadAsync(connection => DeliveryTable.NextDue(connection, consumer), cancellation);

    public ValueTask WaitAsync(long position, CancellationToken cancellation) => committed.AboveAsync(position, cancellation);

    public ValueTask<long> HeadAsync(CancellationToken cancellation) => readers.ReadAsync(OutboxReader.Head, cancellation);
}
