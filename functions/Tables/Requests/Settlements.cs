using System.Collections.Concurrent;

namespace Approvals.Functions.Tables.Requests;

/// <summary>Tells callers who wait in this process what became of their commands. Where another process carries one out, its receipt has to be looked for.</summary>
internal sealed class Settlements
{
    private readonly ConcurrentDictionary<(string Partition, string CommandId), TaskCompletionSource<CommitResult>> waiting = new();

    /// <summary>Call before the command is sent; <see cref="Forget"/> afterwards.</summary>
    public Task<CommitResult> Listen(string partition, string commandId) =>
        waiting.GetOrAdd((partition, commandId), static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Settle(string partition, string commandId, CommitResult result)
    {
        if (waiting.TryGetValue((partition, commandId), out var waiter))
        {
            waiter.TrySetResult(result);
        }
    }

    public void Forget(string partition, string commandId) => waiting.TryRemove((partition, commandId), out _);
}
