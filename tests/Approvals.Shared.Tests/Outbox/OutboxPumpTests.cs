using System.Collections.Concurrent;
using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Shared.Tests.Outbox;

public sealed class OutboxPumpTests
{
    private readonly ManualTime _time = new();
    private readonly MemoryOutbox _outbox = new();
    private readonly OutboxSignal _signal = new();
    private readonly Scripted _consumer = new();

    private OutboxPump Pump() => new(_outbox, _consumer, _signal, _time, NullLogger.Instance);

    [Fact]
    public async Task Events_are_given_in_order_and_once()
    {
        var pump = Pump();
        await pump.StartAsync(default);
        _outbox.Add("a");
        _outbox.Add("b", "r2");
        _outbox.Add("c");

        Assert.True(await pump.NewAsync(default));
        Assert.False(await pump.NewAsync(default));
        Assert.Equal(["e1", "e3"], _consumer.Delivered.Where(id => id != "e2"));
        Assert.Equal(3, _consumer.Delivered.Count);
        Assert.Equal(3, await _outbox.CursorAsync("scripted", default));
    }

    [Fact]
    public async Task Given_a_failing_request_when_more_comes_then_only_that_request_waits_and_keeps_its_order()
    {
        var pump = Pump();
        await pump.StartAsync(default);
        _consumer.Answers["e1"] = DeliveryResult.Retry("503");
        _outbox.Add("a");
        _outbox.Add("b", "r2");
        _outbox.Add("c");
        await pump.NewAsync(default);
        _outbox.Add("d");
        _outbox.Add("e", "r2");
        await pump.NewAsync(default);
        Assert.Equal(["e2", "e5"], _consumer.Delivered);

        Assert.False(await pump.RetryAsync(default));
        _time.Advance(TimeSpan.FromSeconds(1));
        await pump.RetryAsync(default);
        Assert.Equal(["e2", "e5"], _consumer.Delivered);

        _consumer.Answers.Clear();
        _time.Advance(TimeSpan.FromSeconds(2));
        while (await pump.RetryAsync(default))
        {
        }

        Assert.Equal(["e2", "e5", "e1", "e3", "e4"], _consumer.Delivered);
        Assert.Empty(_outbox.Deliveries);
    }

    [Fact]
    public async Task Given_a_day_of_failures_when_it_is_over_then_the_event_is_dead_and_the_request_goes_on()
    {
        var pump = Pump();
        await pump.StartAsync(default);
        _consumer.Answers["e1"] = DeliveryResult.Retry("503");
        _outbox.Add("a");
        _outbox.Add("b");
        await pump.NewAsync(default);

        var waits = new List<double>();
        for (var due = _outbox.Deliveries[0]; due.Status == DeliveryStatus.Waiting; due = _outbox.Deliveries[0])
        {
            var wait = due.NextAt - _time.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
            await pump.RetryAsync(default);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600], waits.Take(14));
        Assert.InRange(waits.Sum(), 23 * 3600, 24 * 3600);
        Assert.Equal(("e1", "503"), (_outbox.Deliveries[0].EventId, _outbox.Deliveries[0].LastError));

        await pump.RetryAsync(default);
        Assert.Equal(["e2"], _consumer.Delivered);
    }

    [Fact]
    public async Task What_is_given_up_is_dead_at_once()
    {
        var pump = Pump();
        await pump.StartAsync(default);
        _consumer.Answers["e1"] = DeliveryResult.GiveUp("410 Gone");
        _outbox.Add("a");
        _outbox.Add("b");
        await pump.NewAsync(default);

        Assert.Equal(DeliveryStatus.Dead, Assert.Single(_outbox.Deliveries).Status);
        Assert.Equal(["e2"], _consumer.Delivered);
    }

    [Fact]
    public async Task Given_a_crash_before_the_cursor_moved_when_started_again_then_the_event_comes_again()
    {
        var pump = Pump();
        await pump.StartAsync(default);
        _outbox.Add("a");
        _consumer.Crash = true;
        await Assert.ThrowsAsync<OperationCanceledException>(() => pump.NewAsync(new CancellationToken(true)));

        _consumer.Crash = false;
        var again = Pump();
        await again.StartAsync(default);
        await again.NewAsync(default);
        Assert.Equal(["e1", "e1"], _consumer.Delivered);
    }

    [Fact]
    public async Task A_new_consumer_begins_at_the_end_unless_it_wants_the_past()
    {
        _outbox.Add("a");
        await Pump().StartAsync(default);
        _outbox.Add("b");
        var restarted = Pump();
        await restarted.StartAsync(default);
        await restarted.NewAsync(default);
        Assert.Equal(["e2"], _consumer.Delivered);

        var history = new Scripted { Name = "history", FromTheBeginning = true };
        var past = new OutboxPump(_outbox, history, _signal, _time, NullLogger.Instance);
        await past.StartAsync(default);
        await past.NewAsync(default);
        Assert.Equal(["e1", "e2"], history.Delivered);
    }

    [Fact]
    public async Task Given_a_consumer_that_throws_on_one_event_when_delivered_then_the_others_arrive()
    {
        var pump = Pump();
        await pump.StartAsync(default);
        _consumer.Throws = "e2";
        _outbox.Add("a", "r1");
        _outbox.Add("b", "r2");
        _outbox.Add("c", "r3");
        await pump.NewAsync(default);

        Assert.Equal(["e1", "e3"], _consumer.Delivered.Distinct());
        Assert.Equal("e2", Assert.Single(_outbox.Deliveries).EventId);
    }

    [Fact]
    public async Task Unwanted_events_write_nothing_until_the_pump_rests()
    {
        _consumer.Unwanted = "a";
        var pump = Pump();
        await pump.StartAsync(default);
        _outbox.Add("a");
        await pump.NewAsync(default);
        Assert.Equal(0, await _outbox.CursorAsync("scripted", default));
        await pump.NewAsync(default);
        Assert.Equal(1, await _outbox.CursorAsync("scripted", default));
        Assert.Empty(_consumer.Delivered);
    }

    [Fact]
    public async Task Running_delivers_what_is_new_and_retries_when_time_passes()
    {
        using var stop = new CancellationTokenSource();
        var pump = Pump();
        await pump.StartAsync(default);
        _consumer.Answers["e1"] = DeliveryResult.Retry("503");
        var running = pump.RunAsync(stop.Token);
        _outbox.Add("a");
        await _consumer.Tried("e1");
        _consumer.Answers.Clear();
        while (!_consumer.Delivered.Contains("e1"))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
    }

    private sealed class Scripted : IOutboxConsumer
    {
        private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name { get; init; } = "scripted";

        public bool FromTheBeginning { get; init; }

        public Dictionary<string, DeliveryResult> Answers { get; } = [];

        public ConcurrentQueue<string> Delivered { get; } = [];

        public string? Throws { get; set; }

        public string? Unwanted { get; set; }

        public bool Crash { get; set; }

        public Task Tried(string eventId) => eventId.Length > 0 ? _tried.Task : Task.CompletedTask;

        public bool Wants(OutboxEvent happened) => happened.Type != Unwanted;

        public async ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation)
        {
            if (Crash)
            {
                Delivered.Enqueue(records[0].Event.Id);
                throw new OperationCanceledException(cancellation);
            }

            if (records.Any(record => record.Event.Id == Throws))
            {
                throw new InvalidOperationException("choked");
            }

            return await PerRequest.DeliverAsync(records, 1, (record, _) =>
            {
                var answer = Answers.GetValueOrDefault(record.Event.Id, DeliveryResult.Delivered);
                if (answer.Outcome == DeliveryOutcome.Delivered)
                {
                    Delivered.Enqueue(record.Event.Id);
                }

                _tried.TrySetResult();
                return new(answer);
            }, cancellation);
        }
    }
}
