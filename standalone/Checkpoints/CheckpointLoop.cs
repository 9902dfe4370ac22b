using Approvals.Audit;
using Approvals.Ports;

namespace Approvals.Standalone.Checkpoints;

/// <summary>Takes a checkpoint of every tenant's trail now and then, and at a clean stop.</summary>
internal sealed class CheckpointLoop(
    ITenantCatalog catalog, CheckpointTaker taker, TimeProvider time, TimeSpan every, ILogger<CheckpointLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryTakeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryTakeAsync(cancellationToken);
    }

    /// <summary>Covers everything that was committed when it began.</summary>
    public async Task TakeAsync(CancellationToken cancellation)
    {
        foreach (var tenant in await catalog.TenantsAsync(cancellation))
        {
            await taker.TakeAsync(tenant, cancellation);
        }
    }

    private async Task TryTakeAsync(CancellationToken cancellation)
    {
        try
        {
            await TakeAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is not covered now is covered by the next one.
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "No checkpoint could be taken.");
        }
    }
}
