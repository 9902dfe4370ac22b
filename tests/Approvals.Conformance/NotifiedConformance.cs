using System.Collections.Immutable;
using System.Security.Cryptography;
using Approvals.Audit;
using Approvals.Links;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Conformance;

/// <summary>The trail's word on who was told, when the process that carries the consumer dies.</summary>
public abstract class NotifiedConformance : ConformanceTest
{
    private static readonly MessageLinks Links =
        new(new LinkIssuer(new LinkTokens(new FixedKeys(SHA256.HashData("link"u8)))), new PublicAddress(() => "https://approvals.test/"));

    [Fact]
    public async Task Notified_theProcessDiesBetweenTheEntryAndItsPlace_isOneEntry()
    {
        await StartAsync(Office.Request("r1", Now));
        await Assert.ThrowsAsync<ProcessDiedException>(() => PumpAsync(new DyingStore(On.Outbox)));
        Assert.Equal(1, await NotifiedAsync());

        await PumpAsync(On.Outbox);

        Assert.Equal(1, await NotifiedAsync());
        Assert.NotEqual(0, await On.Outbox.CursorAsync("notifications", None));
    }

    [Fact]
    public async Task Notified_theMailThatIsRefusedAndTheProcessDies_isOneEntryMore()
    {
        await On.Outbox.AdvanceAsync("mail", 0, [], None);
        await StartAsync(Office.Request("r1", Now));
        await Assert.ThrowsAsync<ProcessDiedException>(() => PumpAsync(new DyingStore(On.Outbox), Mail()));
        Assert.Equal(1, await NotifiedAsync());
        await PumpAsync(On.Outbox, Mail());
        await PumpAsync(On.Outbox);

        Assert.Equal(2, await NotifiedAsync());
    }

    /// <summary>What another process, which remembers nothing, would begin with.</summary>
    private FeedConsumer Feed() => new(Reader(), Links, new ChannelSettings { Mail = true }, new MemoryPreferences(), On.Notifications, On.Engine, On.Time);

    private MailConsumer Mail() => new(Reader(), Links, new ChannelSettings { Mail = true }, new MemoryPreferences(), new NoMailbox(), On.Engine, On.Time);

    private MessageReader Reader() => new(On.Requests, On.Catalog, On.Notifications);

    private async Task PumpAsync(IOutboxStore store, IOutboxConsumer? consumer = null)
    {
        var pump = new OutboxPump(store, consumer ?? Feed(), new OutboxSignal(), On.Time, NullLogger.Instance);
        await On.SettledAsync();
        await pump.StartAsync(None);
        while (await pump.NewAsync(None))
        {
        }
    }

    private async Task<int> NotifiedAsync() => (await AllAsync(page => On.Requests.HistoryAsync(Office.Tenant, "r1", page, None), 200))
        .Select(AuditFields.Read).Count(entry => entry.Action == AuditAction.Notified);

    private sealed class ProcessDiedException : Exception;

    /// <summary>Every address is none.</summary>
    private sealed class NoMailbox : IMailSender
    {
        public ValueTask<DeliveryResult> SendAsync(string id, string address, string name, MailContent content, CancellationToken cancellation) =>
            new(DeliveryResult.GiveUp("550"));
    }

    /// <summary>A place is begun, and never moved.</summary>
    private sealed class DyingStore(IOutboxStore store) : IOutboxStore
    {
        public ValueTask AdvanceAsync(string consumer, long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation) =>
            position == 0 ? store.AdvanceAsync(consumer, position, postponed, cancellation) : throw new ProcessDiedException();

        public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(long after, int most, CancellationToken cancellation) => store.ReadAsync(after, most, cancellation);

        public ValueTask<ImmutableArray<OutboxRecord>> ReadAsync(string tenant, long after, long upTo, int most, CancellationToken cancellation) =>
            store.ReadAsync(tenant, after, upTo, most, cancellation);

        public ValueTask<OutboxRecord?> FindAsync(string eventId, CancellationToken cancellation) => store.FindAsync(eventId, cancellation);

        public ValueTask<long?> CursorAsync(string consumer, CancellationToken cancellation) => store.CursorAsync(consumer, cancellation);

        public ValueTask<ImmutableArray<Delivery>> DueAsync(string consumer, DateTimeOffset now, int most, CancellationToken cancellation) =>
            store.DueAsync(consumer, now, most, cancellation);

        public ValueTask<ImmutableHashSet<string>> BlockedAsync(string consumer, IReadOnlyCollection<string> requestIds, CancellationToken cancellation) =>
            store.BlockedAsync(consumer, requestIds, cancellation);

        public ValueTask SaveAsync(Delivery delivery, CancellationToken cancellation) => store.SaveAsync(delivery, cancellation);

        public ValueTask<Page<Delivery>> DeadLettersAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
            store.DeadLettersAsync(tenant, page, cancellation);

        public ValueTask<Delivery?> FindDeliveryAsync(string tenant, string id, CancellationToken cancellation) => store.FindDeliveryAsync(tenant, id, cancellation);

        public ValueTask<DateTimeOffset?> NextDueAsync(string consumer, CancellationToken cancellation) => store.NextDueAsync(consumer, cancellation);

        public ValueTask WaitAsync(long position, CancellationToken cancellation) => store.WaitAsync(position, cancellation);

        public ValueTask<long> HeadAsync(CancellationToken cancellation) => store.HeadAsync(cancellation);
    }
}
