using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Brings back a delivery that was given up.</summary>
public sealed class Redelivery(IOutboxStore store, IRequestEngine engine, OutboxSignal signal, TimeProvider time)
{
    /// <summary>Due at once, and audited. Null: no such dead letter in the tenant.</summary>
    public async Task<Delivery?> BringBackAsync(string tenant, string id, Actor by, Origin origin, CancellationToken cancellation)
    {
        if (await store.FindDeliveryAsync(tenant, id, cancellation) is not { Status: DeliveryStatus.Dead } dead)
        {
            return null;
        }

        var now = time.GetUtcNow();
        await engine.RecordAsync(
            [
                new AuditDraft
                {
                    Tenant = tenant,
                    At = now,
                    Actor = by,
                    Action = AuditAction.Redelivered,
                    Outcome = AuditOutcome.Ok,
                    Details =
                    [
                        new("consumer", Value.From(dead.Consumer)),
                        new("event", Value.From(dead.EventId)),
                        new("eventType", Value.From(dead.EventType)),
                        new("request", Value.From(dead.RequestId)),
                    ],
                    Origin = origin,
                },
            ],
            cancellation);
        var again = RetrySchedule.Again(dead, now);
        await store.SaveAsync(again, cancellation);
        signal.Pulse();
        return again;
    }
}
