using System.Collections.Immutable;
using Approvals.Directory;

namespace Approvals.Outbox;

/// <summary>Ends what somebody had who was removed or deactivated, wherever that came from and whatever failed at the time.</summary>
public sealed class DepartureConsumer(Departure departure) : IOutboxConsumer
{
    private const int Concurrency = 2;

    public string Name => "departures";

    public bool FromTheBeginning => true;

    /// <summary>Long enough that no worker still asks by a directory of before.</summary>
    public TimeSpan Gather => TimeSpan.FromSeconds(3);

    public bool Wants(OutboxEvent happened) =>
        happened.Type == EventType.DirectoryChanged && DirectoryEvents.IsDeparture(new EventFacts(happened).Text("change"));

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(records, Concurrency, EndAsync, cancellation);

    private async ValueTask<DeliveryResult> EndAsync(OutboxRecord record, CancellationToken cancellation)
    {
        await departure.EndAsync(record.Event.Tenant, record.Event.RequestId, record.Event.Time, cancellation);
        return DeliveryResult.Delivered;
    }
}
