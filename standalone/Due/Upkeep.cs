using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite.Idempotency;

namespace Approvals.Standalone.Due;

/// <summary>Drops what nobody asks for any more, a little at a time, so that the writer is never held up.</summary>
internal sealed class Upkeep(Writer writer, TimeProvider time, ILogger<Upkeep> logger) : BackgroundService
{
    private const int Batch = 500;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Events stay this long after every consumer has passed them, for streams that come back.</summary>
    private static readonly TimeSpan EventsKept = TimeSpan.FromDays(7);

    private static readonly TimeSpan StrayReceiptsKept = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await TryRunAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Drops everything that is over by now.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await AllAsync(ledger => ledger.Outbox.Prune(now - EventsKept, Batch), cancellation);
        await AllAsync(ledger => SqliteIdempotencyStore.Prune(ledger.Connection, now, Batch), cancellation);
        await AllAsync(ledger => ledger.Receipts.PruneStray(now - StrayReceiptsKept, Batch), cancellation);
    }

    private async Task AllAsync(Func<Ledger, bool> some, CancellationToken cancellation)
    {
        while (await writer.RunAsync(some, cancellation))
        {
        }
    }

    private async Task TryRunAsync(CancellationToken cancellation)
    {
        try
        {
            await RunAsync(cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError(fault, "What is over could not be dropped; it is tried again.");
        }
    }
}
