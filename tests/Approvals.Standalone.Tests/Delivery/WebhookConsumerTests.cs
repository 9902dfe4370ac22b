using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Approvals.Hosting.Delivery;
using Approvals.Outbox;
using Approvals.Testing;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Standalone.Tests.Delivery;

public sealed class WebhookConsumerTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
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
    public async Task An_event_arrives_signed_and_structured()
    {
        var results = await Consumer().DeliverAsync([Record(1, "r1")], default);

        Assert.Equal(DeliveryResult.Delivered, results[0]);
        var call = Assert.Single(_receiver.Calls);
        Assert.Equal("application/cloudevents+json", call.Headers["content-type"]);
        var (id, timestamp) = (call.Headers["webhook-id"], call.Headers["webhook-timestamp"]);
        Assert.Equal(("e1", _time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)), (id, timestamp));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. call.Body];
        var code = HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), signed);
        Assert.Equal("v1," + Convert.ToBase64String(code), call.Headers["webhook-signature"]);
        Assert.Equal("/tenants/contoso/requests/r1", JsonText.Parse(call.Body).At("source")?.AsString());
    }

    [Theory]
    [InlineData(200, DeliveryOutcome.Delivered)]
    [InlineData(202, DeliveryOutcome.Delivered)]
    [InlineData(302, DeliveryOutcome.Retry)]
    [InlineData(404, DeliveryOutcome.Retry)]
    [InlineData(410, DeliveryOutcome.GiveUp)]
    [InlineData(429, DeliveryOutcome.Retry)]
    [InlineData(503, DeliveryOutcome.Retry)]
    public async Task Status_says_what_becomes_of_it(int status, DeliveryOutcome expected)
    {
        _receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = new Uri(_receiver.Url, "/elsewhere").AbsoluteUri;
            return Task.FromResult(status);
        };
        var results = await Consumer().DeliverAsync([Record(1, "r1")], default);

        Assert.Equal(expected, results[0].Outcome);
        Assert.Equal("/hook", Assert.Single(_receiver.Calls).Path);
    }

    [Fact]
    public async Task After_a_failure_the_request_waits_and_others_go_on()
    {
        _receiver.Answer = (call, _) => Task.FromResult(call.Headers["webhook-id"] == "e1" ? 500 : 200);
        var results = await Consumer().DeliverAsync([Record(1, "r1"), Record(2, "r2"), Record(3, "r1")], default);

        Assert.Equal(
            [DeliveryOutcome.Retry, DeliveryOutcome.Delivered, DeliveryOutcome.Behind], results.Select(result => result.Outcome));
        Assert.Equal(["e1", "e2"], _receiver.Calls.Select(call => call.Headers["webhook-id"]).Order());
    }

    [Fact]
    public async Task No_answer_in_time_is_a_failure()
    {
        var arrived = new TaskCompletionSource();
        _receiver.Answer = async (_, context) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return 200;
        };
        var sending = Consumer().DeliverAsync([Record(1, "r1")], default).AsTask();
        await arrived.Task;
        _time.Advance(SignedPost.AnswerWithin);

        Assert.Equal(DeliveryResult.Retry("No answer within 15 s."), (await sending)[0]);
    }

    [Fact]
    public async Task No_receiver_is_a_failure()
    {
        await _receiver.DisposeAsync();
        var results = await Consumer().DeliverAsync([Record(1, "r1")], default);
        Assert.Equal(DeliveryResult.Retry("No connection: ConnectionError."), results[0]);
    }

    private WebhookConsumer Consumer()
    {
        Assert.True(WebhookSecret.TryParse(Secret, out var secret, out _));
        return new(new WebhookEndpoint("contoso", _receiver.Url, secret, []), _client, _time);
    }

    private OutboxRecord Record(long position, string requestId) => new(position, new OutboxEvent
    {
        Id = $"e{position}",
        Tenant = "contoso",
        RequestId = requestId,
        Type = EventType.Requested,
        Time = _time.GetUtcNow(),
        Body = """{"requestId":"r1"}"""u8.ToArray(),
    });
}
