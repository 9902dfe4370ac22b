using System.Net.Http;
using Approvals.Hosting.Delivery;
using Approvals.Outbox;
using Approvals.Testing;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Standalone.Tests.Delivery;

public sealed class SideEffectTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly HttpClient _client = OutboundHttp.Create();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task The_call_says_what_was_approved_and_is_signed()
    {
        var engine = new MemoryEngine(_time, Contoso.Tenant());
        await engine.StartAsync(Contoso.Request("r1", _time.GetUtcNow(), "room", """{"room":7}"""), default);
        var types = ApprovalTypes.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""[{"type":"room","sideEffect":{"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","url":"{{_receiver.Url}}" } }]"""));
        var request = (await engine.FindAsync("contoso", "r1", default))!;
        var approved = new ApprovedRequest(types.Of("room"), engine.Outbox.Records[0].Event, request, []);
        var effect = new WebhookSideEffect(_client, _time);

        Assert.True(effect.Follows(types.Of("room")));
        Assert.False(effect.Follows(types.Of("action")));
        Assert.Equal(DeliveryResult.Delivered, await effect.RunAsync(approved, default));
        var call = Assert.Single(_receiver.Calls);
        var body = JsonText.Parse(call.Body);
        Assert.Equal(("approval.side_effect", "room", 7), (body.At("type")!.Value.AsString(), body.At("data.requestType")!.Value.AsString(), body.At("data.payload.room")!.Value.AsInt()));
        var expected = WebhookSignature.Sign(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), call.Headers["webhook-id"], _time.GetUtcNow().ToUnixTimeSeconds(), call.Body);
        Assert.Equal(expected, call.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task A_card_is_posted_to_Teams()
    {
        var poster = new TeamsPoster(_client, _time);
        Assert.Equal(DeliveryResult.Delivered, await poster.PostAsync(_receiver.Url, Value.Map(("type", Value.From("message"))), default));
        Assert.Equal("application/json", Assert.Single(_receiver.Calls).Headers["content-type"]);
    }
}
