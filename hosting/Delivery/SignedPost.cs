using System.Globalization;
using System.Net.Http.Headers;
using Approvals.Outbox;

namespace Approvals.Hosting.Delivery;

/// <summary>One signed POST as Standard Webhooks has it.</summary>
internal static class SignedPost
{
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    /// <param name="happened">Sent as a structured CloudEvent; its id is the message's.</param>
    public static async ValueTask<DeliveryResult> SendAsync(
        HttpClient client, Uri address, WebhookSecret secret, OutboxEvent happened, TimeProvider time, CancellationToken cancellation)
    {
        var body = CloudEventJson.Write(happened);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEventJson.ContentType);
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, happened.Id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(secret.Key, happened.Id, timestamp, body));
        return await OutboundHttp.SendAsync(client, request, time, AnswerWithin, cancellation);
    }
}
