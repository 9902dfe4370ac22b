using Approvals.Notifications;

namespace Approvals.Standalone.Delivery;

/// <summary>Looks once a minute for digests and ends of quiet hours.</summary>
internal sealed class HeldMailLoop(HeldMail held, TimeProvider time, ILogger<HeldMailLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await held.RunAsync(time.GetUtcNow(), cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError(fault, "Held mail could not be sent; it is tried again in a minute.");
        }
    }
}
