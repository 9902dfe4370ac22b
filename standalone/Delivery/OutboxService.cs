using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Standalone.Delivery;

/// <summary>Carries the outbox to every consumer while the service runs, each independently of the others.</summary>
internal sealed class OutboxService(
    IOutboxStore store, IEnumerable<IOutboxConsumer> consumers, OutboxSignal signal, TimeProvider time, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Every consumer has its durable place before the service takes its first command.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var pumps = consumers
            .Select(consumer => new OutboxPump(store, consumer, signal, time, loggers.CreateLogger($"Approvals.Outbox.{consumer.Name}")))
            .ToArray();
        foreach (var pump in pumps)
        {
            await pump.StartAsync(cancellationToken);
        }

        _running = Task.WhenAll(pumps.Select(pump => Task.Run(() => pump.RunAsync(_stop.Token), CancellationToken.None)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();
}
