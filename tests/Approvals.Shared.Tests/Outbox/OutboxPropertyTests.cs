using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Shared.Tests.Outbox;

/// <summary>Whatever fails, throws or crashes: every event arrives, and those of one request in their order.</summary>
public sealed class OutboxPropertyTests
{
    private static readonly string[] Requests = ["r1", "r2", "r3"];

    [Fact]
    public void Every_event_arrives_and_each_request_in_order()
    {
        // A step adds an event to a request, delivers what is new, retries, lets time pass, or crashes and starts again.
        var steps = Gen.Choose(0, 9).ListOf();
        var failures = Gen.Choose(0, 5).ListOf();
        var cases = from step in steps from failure in failures select (Steps: step.ToArray(), Failures: failure.ToArray());
        Prop.ForAll(cases.ToArbitrary(), one => HoldsAsync(one.Steps, one.Failures).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
    }

    private static async Task<bool> HoldsAsync(int[] steps, int[] failures)
    {
        var (time, outbox, consumer) = (new ManualTime(), new MemoryOutbox(), new Moody(failures));
        var pump = await StartAsync(outbox, consumer, time);
        foreach (var step in steps)
        {
            switch (step)
            {
                case < 4:
                    outbox.Add("a", Requests[step % 3]);
                    break;
                case < 6:
                    await pump.NewAsync(default);
                    break;
                case < 8:
                    time.Advance(TimeSpan.FromSeconds(3));
                    await pump.RetryAsync(default);
                    break;
                case 8:
                    consumer.Crash = true;
                    await Assert.ThrowsAnyAsync<Exception>(async () =>
                    {
                        while (await pump.NewAsync(new CancellationToken(true)))
                        {
                        }

                        throw new OperationCanceledException();
                    });
                    consumer.Crash = false;
                    pump = await StartAsync(outbox, consumer, time);
                    break;
                default:
                    pump = await StartAsync(outbox, consumer, time);
                    break;
            }
        }

        consumer.Calm();
        while (await pump.NewAsync(default))
        {
        }

        time.Advance(TimeSpan.FromHours(1));
        while (await pump.RetryAsync(default))
        {
        }

        // A crash repeats; what counts is when each came first.
        var came = consumer.Delivered.Distinct().ToArray();
        return outbox.Deliveries.Count == 0
            && came.Length == outbox.Records.Length
            && Requests.All(request => came.Where(record => record.Event.RequestId == request).Select(record => record.Position) is var order
                && order.SequenceEqual(order.Order()));
    }

    private static async Task<OutboxPump> StartAsync(MemoryOutbox outbox, Moody consumer, ManualTime time)
    {
        var pump = new OutboxPump(outbox, consumer, new OutboxSignal(), time, NullLogger.Instance);
        await pump.StartAsync(default);
        return pump;
    }

    /// <summary>Fails, throws or crashes after delivering, as the numbers say, then always succeeds.</summary>
    private sealed class Moody(IEnumerable<int> moods) : IOutboxConsumer
    {
        private readonly Queue<int> _moods = new(moods);

        public string Name => "moody";

        public bool FromTheBeginning => true;

        public bool Crash { get; set; }

        public List<OutboxRecord> Delivered { get; } = [];

        public void Calm() => _moods.Clear();

        public bool Wants(OutboxEvent happened) => true;

        public async ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation)
        {
            var results = await PerRequest.DeliverAsync(records, 1, (record, _) =>
            {
                switch (_moods.TryDequeue(out var mood) ? mood : 0)
                {
                    case 1 or 2:
                        return new(DeliveryResult.Retry("no"));
                    case 3:
                        throw new InvalidOperationException("choked");
                    default:
                        Delivered.Add(record);
                        return new(DeliveryResult.Delivered);
                }
            }, CancellationToken.None);
            return Crash ? throw new OperationCanceledException(cancellation) : results;
        }
    }
}
