namespace Approvals.Outbox;

/// <summary>A number that only rises, and that can be waited for.</summary>
public sealed class Milestone
{
    private readonly Lock gate = new();
    private long reached;
    private TaskCompletionSource? next;

    public long Value
    {
        get
        {
            lock (gate)
            {
                return reached;
            }
        }
    }

    public void Reach(long value)
    {
        TaskCompletionSource? wake = null;
        lock (gate)
        {
            if (value > reached)
            {
                reached = value;
                (wake, next) = (next, null);
            }
        }

        wake?.SetResult();
    }

    /// <summary>Completes once the number is above <paramref name="value"/>.</summary>
    public async ValueTask AboveAsync(long value, CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (reached > value)
                {
                    return;
                }

                next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = next.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }
}
