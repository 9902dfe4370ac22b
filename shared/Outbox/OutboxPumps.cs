using Approvals.Ports;
using Microsoft.Extensions.Logging;

namespace Approvals.Outbox;

/// <summary>Carries the outbox to every consumer, each independently of the others.</summary>
public sealed class OutboxPumps(
    IOutboxStore store, IEnumerable<IOutboxConsumer> consumers, OutboxSignal signal, TimeProvider time, ILoggerFactory loggers)
{
    private readonly OutboxPump[] _pumps = [.. consumers.Select(consumer =>
        new OutboxPump(store, consumer, signal, time, loggers.CreateLogger($"Approvals.Outbox.{consumer.Name}")))];

    /// <summary>Every consumer has its durable place when it returns.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var pump in _pumps)
        {
            await pump.StartAsync(cancellation);
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(_pumps.Select(pump => Task.Run(() => pump.RunAsync(cancellation), CancellationToken.None)));
}
