namespace Approvals.Ports;

/// <summary>
/// Whether the directory and the policies of the deployment are in effect. Until they are, calls other than health checks are answered with 503, and no
/// command is decided: a gate without its policies would allow what they guard. The host completes it, once.
/// </summary>
public sealed class StartupSignal
{
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsComplete => completed.Task.IsCompleted;

    public void Complete() => completed.TrySetResult();

    /// <summary>Completes with the startup. A startup that fails ends the process instead.</summary>
    public Task WaitAsync(CancellationToken cancellation) => completed.Task.WaitAsync(cancellation);
}
