using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Hosting.Delivery;

/// <summary>Sends a tenant's events to one address, signed.</summary>
internal sealed class WebhookConsumer(WebhookEndpoint endpoint, HttpClient client, TimeProvider time) : IOutboxConsumer
{
    /// <summary>Requests to one address at once.</summary>
    private const int Concurrency = 8;

    public string Name => endpoint.Name;

    public bool FromTheBeginning => false;

    public bool Wants(OutboxEvent happened) => endpoint.Wants(happened);

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(
            records, Concurrency, (record, token) => SignedPost.SendAsync(client, endpoint.Url, endpoint.Secret, record.Event, time, token), cancellation);
}
