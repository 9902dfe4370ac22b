using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Orchestration;

/// <summary>
/// The client of the Durable extension. The host hands it to functions only, with each call; the service's own work, which is no function,
/// takes the last one, and waits for the first.
/// </summary>
public sealed class DurableClients
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DurableTaskClient? last;

    public void Take(DurableTaskClient client)
    {
        Volatile.Write(ref last, client);
        first.TrySetResult();
    }

    public async Task<DurableTaskClient> GetAsync(CancellationToken cancellation)
    {
        await first.Task.WaitAsync(cancellation);
        return Volatile.Read(ref last)!;
    }
}
