using System.Net;
using Approvals.Outbox;

namespace Approvals.Hosting.Delivery;

/// <summary>Outgoing calls: no redirects (a receiver must not point us elsewhere), no cookies, answers not read beyond their status.</summary>
internal static class OutboundHttp
{
    /// <summary>The client that all calls share.</summary>
    public static HttpClient Create()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // Addresses may move; a connection is not kept for ever.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 32,
            MaxResponseHeadersLength = 32,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Approvals/1.0");
        return client;
    }

    /// <summary>2xx is success, 410 is final, anything else may be tried again.</summary>
    public static async ValueTask<DeliveryResult> SendAsync(
        HttpClient client, HttpRequestMessage request, TimeProvider time, TimeSpan answerWithin, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(answerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
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
            return DeliveryResult.Retry(Phrase.With(Texts.DeliveryNoConnection, fault.HttpRequestError));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return DeliveryResult.Retry(Phrase.With(Texts.DeliveryNoAnswer, answerWithin.TotalSeconds));
        }
    }
}
