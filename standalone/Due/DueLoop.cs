using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;

namespace Approvals.Standalone.Due;

/// <summary>
/// Does what time commands: reminders, timeouts, beginnings and ends of delegations. Due times are rows, so they outlive the process; what came due
/// meanwhile is done at start. The loop rests until the earliest of them, or until an earlier one is set.
/// </summary>
internal sealed class DueLoop(
    SqliteEngine engine, ReaderPool readers, Announcements announcements, TimeProvider time, ILogger<DueLoop> logger) : BackgroundService
{
    /// <summary>Requests taken on at once: they share the writer's transactions.</summary>
    private const int Batch = 256;

    /// <summary>
    /// Timers count what the machine runs, not what the clock says: after the machine slept, or the clock was put forward, what came due meanwhile
    /// is found this much later at most.
    /// </summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private TaskCompletionSource wake = New();
    private long resting = long.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        announcements.DueSet += Earlier;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        finally
        {
            announcements.DueSet -= Earlier;
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        // From here on whatever is set wakes; only then is it looked what is due.
        Volatile.Write(ref resting, long.MaxValue);
        wake = New();
        var until = time.GetUtcNow() + AfterFault;
        try
        {
            if (await RunDueAsync(cancellation))
            {
                return;
            }

            var next = await readers.ReadAsync(First, cancellation);
            Volatile.Write(ref resting, next);
            until = Time.At(Math.Min(next, (time.GetUtcNow() + LongestRest).UtcTicks));
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError(fault, "What is due could not be done; it is tried again.");
        }

        var rest = until - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), wake, rest, Timeout.InfiniteTimeSpan);
            // The clock may have moved on before the timer was set by it.
            if (time.GetUtcNow() < until)
            {
                await wake.Task.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>False: nothing was due.</summary>
    private async Task<bool> RunDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var requests = await readers.ReadAsync(connection => DueTable.Until(connection, now, Batch), cancellation);
        var delegations = await readers.ReadAsync(connection => DelegationTable.TurnedBy(connection, now, Batch), cancellation);
        await Task.WhenAll(requests.Select(request => RunAsync(request, cancellation)));
        // One that fails must not keep the others from their turn.
        await Task.WhenAll(delegations.Select(turned => engine.TurnDelegationAsync(turned.Tenant, turned.Id, cancellation).AsTask()));

        return requests.Count + delegations.Count > 0;
    }

    private async Task RunAsync(long request, CancellationToken cancellation)
    {
        try
        {
            await engine.RunDueAsync(request, cancellation);
        }
        catch (Exception fault) when (fault is not SqliteFault && !cancellation.IsCancellationRequested)
        {
            // One that can't be decided must not keep the others from their turn.
            logger.LogError(fault, "What is due of request number {Number} could not be done; it is put off.", request);
            await engine.PutOffAsync(request, cancellation);
        }
    }

    private static long First(Connection connection) =>
        Math.Min(DueTable.First(connection) ?? long.MaxValue, DelegationTable.FirstTurn(connection) ?? long.MaxValue);

    private void Earlier(long at)
    {
        if (at < Volatile.Read(ref resting))
        {
            Volatile.Read(ref wake).TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
