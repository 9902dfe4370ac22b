using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Standalone.Delivery;

/// <summary>Sends a tenant's events to one address, signed. 2xx is success, 410 is final, anything else is tried again.</summary>
internal sealed class WebhookConsumer(WebhookEndpoint endpoint, HttpClient client, TimeProvider time) : IOutboxConsumer
{
    /// <summary>Requests to one address at once.</summary>
    private const int Concurrency = 8;

    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    private readonly byte[] _key = WebhookSignature.KeyOf(endpoint.Secret);

    public string Name => endpoint.Name;

    public bool FromTheBeginning => false;

    public bool Wants(OutboxEvent happened) => endpoint.Wants(happened);

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(records, Concurrency, (record, token) => SendAsync(record.Event, token), cancellation);

    private ValueTask<DeliveryResult> SendAsync(OutboxEvent happened, CancellationToken cancellation) =>
        SignedPost.SendAsync(client, endpoint.Url, _key, happened.Id, CloudEventJson.Write(happened), CloudEventJson.ContentType, time, AnswerWithin, cancellation);
}
