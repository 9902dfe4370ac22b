using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Approvals.Outbox;

namespace Approvals.Standalone.Delivery;

/// <summary>One signed POST as Standard Webhooks has it. The answer's body is not read.</summary>
internal static class SignedPost
{
    public static async ValueTask<DeliveryResult> SendAsync(
        HttpClient client,
        Uri address,
        byte[] key,
        string id,
        byte[] body,
        string contentType,
        TimeProvider time,
        TimeSpan answerWithin,
        CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(answerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, id, timestamp, body));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = $"{(int)response.StatusCode} {response.StatusCode}";
            return response switch
            {
                { IsSuccessStatusCode: true } => DeliveryResult.Delivered,
                { StatusCode: HttpStatusCode.Gone } => DeliveryResult.GiveUp(status),
                _ => DeliveryResult.Retry(status),
            };
        }
        catch (HttpRequestException fault)
        {
            // The kind of the fault, not its text: that may name addresses inside the network.
            return DeliveryResult.Retry($"No connection: {fault.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return DeliveryResult.Retry($"No answer within {answerWithin.TotalSeconds} s.");
        }
    }
}
