using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tables;

/// <summary>Does work while a lease is held: waits for it, renews it, stops the work when it can't be renewed in time, and lets it go at the end.</summary>
internal sealed class LeaseHolding(Lease lease, TimeProvider time, ILogger<LeaseHolding> logger)
{
    /// <summary>Between attempts to get the lease, and between renewals: two of these may fail before the work is stopped.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="work">Started anew each time that the lease is got. It must end soon after its token is cancelled.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await TryAsync(work, stopping);
                await Task.Delay(Every, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Works while the lease can be held, where it is free.</summary>
    public async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        using var usable = new CancellationTokenSource(Lease.Usable, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(usable.Token, stopping);
        if (await HoldsAsync(usable, both.Token) is not true)
        {
            return;
        }

        try
        {
            var working = work(both.Token);
            await RenewAsync(working, usable, both.Token);
            await both.CancelAsync();
            await working;
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            // It was told to end.
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "What is done under a lease failed; it is begun anew.");
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Ends with the work, with the lease, or when the host stops.</summary>
    private async Task RenewAsync(Task working, CancellationTokenSource usable, CancellationToken cancellation)
    {
        while (!working.IsCompleted && !cancellation.IsCancellationRequested)
        {
            await Task.WhenAny(working, Task.Delay(Every, time, cancellation));
            if (working.IsCompleted || await HoldsAsync(usable, cancellation) is false)
            {
                return;
            }
        }
    }

    /// <summary>False: the lease is another's, or its time is over. Null: a fault, so that nothing is known.</summary>
    private async Task<bool?> HoldsAsync(CancellationTokenSource usable, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        try
        {
            if (!await lease.TryHoldAsync(cancellation))
            {
                return false;
            }

            // The time counts from before the write.
            var left = Lease.Usable - time.GetElapsedTime(began);
            usable.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception fault)
        {
            logger.LogWarning(fault, "Whether a lease can be held is not known; it is tried again.");
            return null;
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            logger.LogWarning(fault, "A lease could not be let go; it ends by itself.");
        }
    }
}
