using Approvals.Outbox;

namespace Approvals.Standalone.Delivery;

/// <summary>Carries the outbox to every consumer while the service runs.</summary>
internal sealed class OutboxService(OutboxPumps pumps) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Every consumer has its durable place before the service takes its first command.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await pumps.StartAsync(cancellationToken);
        _running = pumps.RunAsync(_stop.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();
}
