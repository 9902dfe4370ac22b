using System.Net.Http.Headers;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Hosting.Delivery;

/// <summary>Posts cards to Teams workflows; their address is the secret, so nothing is signed.</summary>
internal sealed class TeamsPoster(HttpClient client, TimeProvider time) : ICardPoster
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    public async ValueTask<DeliveryResult> PostAsync(Uri address, Value card, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(JsonText.Canonical(card));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        return await OutboundHttp.SendAsync(client, request, time, AnswerWithin, cancellation);
    }
}
