namespace Approvals.Outbox;

/// <summary>Wakes the retries of this process when a delivery was postponed or brought back. Losing a pulse (another process) costs a minute at most.</summary>
public sealed class OutboxSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next pulse; take it before looking, so that none falls between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
