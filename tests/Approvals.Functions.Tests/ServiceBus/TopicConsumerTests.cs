using Approvals.Functions.ServiceBus;
using Approvals.Outbox;
using Approvals.Testing;
using Azure.Core;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Approvals.Functions.Tests.ServiceBus;

/// <summary>The real client against a small broker.</summary>
public sealed class TopicConsumerTests : IAsyncLifetime
{
    private readonly Broker _broker = new(Ports.Free());
    private readonly MemoryOutbox _outbox = new();
    private readonly ManualTime _time = new();
    private readonly ServiceBusClient _client;
    private readonly TopicConsumer _consumer;

    public TopicConsumerTests()
    {
        _client = new ServiceBusSettings(_broker.ConnectionString, null, "approvals").Connect(Mock.Of<TokenCredential>());
        _consumer = new TopicConsumer(_client.CreateSender("approvals"));
    }

    public Task InitializeAsync()
    {
        _broker.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _broker.Dispose();
    }

    [Fact]
    public async Task Deliver_anEvent_isACloudEventWithWhatSubscriptionsFilterOn()
    {
        var happened = _outbox.Add(
            EventType.Approved, body: """{"actionType":"purchasing.vendorBill.post","final":true,"level":2,"requestType":"action","waitingFor":[]}""");

        Assert.Equal([DeliveryResult.Delivered], await DeliverAsync());

        var message = Assert.Single(_broker.Received);
        Assert.Equal(CloudEventJson.Write(happened), (byte[])message.Body);
        Assert.Equal("application/cloudevents+json", message.Properties.ContentType);
        Assert.Equal(("e1", "contoso:r1", "approval.approved"), (message.Properties.MessageId, message.Properties.GroupId, message.Properties.Subject));
        // The client adds the trace, where there is one.
        var filters = message.ApplicationProperties.Map.Where(pair => pair.Key is not ("Diagnostic-Id" or "traceparent"))
            .OrderBy(pair => (string)pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value} ({pair.Value.GetType().Name})");
        Assert.Equal(
            [
                "actionType=purchasing.vendorBill.post (String)", "final=True (Boolean)", "level=2 (Int64)", "requestId=r1 (String)",
                "requestType=action (String)", "status=approved (String)", "tenant=contoso (String)", "type=approval.approved (String)",
            ],
            filters);
    }

    [Fact]
    public async Task Deliver_manyEvents_areOneTransferInOrder()
    {
        var made = Enumerable.Range(0, 60).Select(i => _outbox.Add(EventType.Reminded, $"r{i % 3}").Id).ToArray();

        var results = await DeliverAsync();

        Assert.All(results, result => Assert.Equal(DeliveryResult.Delivered, result));
        Assert.Equal(1, _broker.Transfers);
        Assert.Equal(made, _broker.Received.Select(message => message.Properties.MessageId));
    }

    [Fact]
    public async Task Deliver_moreThanATransferHolds_areSeveralInOrder()
    {
        var made = Enumerable.Range(0, 10).Select(_ => _outbox.Add(EventType.CommentAdded, body: Text(60_000)).Id).ToArray();

        var results = await DeliverAsync();

        Assert.All(results, result => Assert.Equal(DeliveryResult.Delivered, result));
        Assert.InRange(_broker.Transfers, 2, 5);
        Assert.Equal(made, _broker.Received.Select(message => message.Properties.MessageId));
    }

    [Fact]
    public async Task Deliver_anEventThatNoMessageHolds_isGivenUpAndHoldsUpNobody()
    {
        _outbox.Add(EventType.CommentAdded, body: Text(300_000));
        _outbox.Add(EventType.Withdrawn);

        var results = await DeliverAsync();

        Assert.Equal([DeliveryOutcome.GiveUp, DeliveryOutcome.Delivered], results.Select(result => result.Outcome));
        Assert.Equal("e2", Assert.Single(_broker.Received).Properties.MessageId);
    }

    [Fact]
    public async Task Deliver_refused_postponesTheFirstOfEachRequestAndTheOthersBehindIt()
    {
        _broker.Refuses = true;
        _outbox.Add(EventType.Requested, "r1");
        _outbox.Add(EventType.Requested, "r2");
        _outbox.Add(EventType.Withdrawn, "r1");

        var results = await DeliverAsync();

        Assert.Equal([DeliveryOutcome.Retry, DeliveryOutcome.Retry, DeliveryOutcome.Behind], results.Select(result => result.Outcome));
        Assert.Equal("Service Bus: QuotaExceeded.", results[0].Error);
        Assert.Empty(_broker.Received);
    }

    [Fact]
    public void Message_ofLongIds_fitsTheLimitsAndStaysTheSame()
    {
        var happened = _outbox.Add(EventType.PolicyPublished, new string('k', 200));

        var message = EventMessage.Of(happened);

        Assert.Equal(64, message.SessionId.Length);
        Assert.Equal(message.SessionId, EventMessage.Of(happened).SessionId);
        Assert.NotEqual(message.SessionId, EventMessage.Of(_outbox.Add(EventType.PolicyPublished, new string('k', 201))).SessionId);
    }

    [Fact]
    public async Task Outbox_withoutServiceBusForAnHour_losesNothingAndKeepsTheOrder()
    {
        var pump = new OutboxPump(_outbox, _consumer, new OutboxSignal(), _time, NullLogger.Instance);
        await pump.StartAsync(default);
        _outbox.Add(EventType.Requested, "r1");
        await pump.NewAsync(default);
        _broker.Stop();
        for (var i = 0; i < 3; i++)
        {
            _outbox.Add(EventType.Reminded, "r1");
            _outbox.Add(EventType.Requested, $"other-{i}");
            await pump.NewAsync(default);
            _time.Advance(TimeSpan.FromMinutes(20));
            await pump.RetryAsync(default);
        }
        Assert.Single(_broker.Received);

        _broker.Start();
        _outbox.Add(EventType.Withdrawn, "r1");
        await pump.NewAsync(default);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            await pump.RetryAsync(default);
        }

        Assert.Empty(_outbox.Deliveries);
        Assert.Equal(8, _broker.Received.DistinctBy(message => message.Properties.MessageId).Count());
        Assert.Equal(8, _broker.Received.Count);
        Assert.Equal(
            ["e1", "e2", "e4", "e6", "e8"],
            _broker.Received.Where(message => message.Properties.GroupId == "contoso:r1").Select(message => message.Properties.MessageId));
    }

    private async Task<DeliveryResult[]> DeliverAsync() => [.. await _consumer.DeliverAsync(_outbox.Records, default)];

    private static string Text(int length) => $$"""{"comment":"{{new string('x', length)}}"}""";
}
