using Approvals.Functions.Orchestration;
using Approvals.Functions.Orchestration.V1;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Upkeep;

/// <summary>The timer triggers. The host runs each in one process at a time, and makes up for a run that fell into a stop.</summary>
public sealed class UpkeepTimers(IUpkeepWork work, DurableClients clients, TimeProvider time)
{
    /// <summary>Histories of instances that ended are kept this long, for operators. The trail is kept for good.</summary>
    private static readonly TimeSpan HistoryKept = TimeSpan.FromDays(30);

    [Function("UpkeepEveryMinute")]
    public Task EveryMinuteAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        clients.Take(client);
        return work.EveryMinuteAsync(cancellation);
    }

    [Function("UpkeepCheckpoints")]
    public async Task CheckpointsAsync(
        [TimerTrigger("0 0 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        // One at a time: while the last one still runs, this one has nothing to add.
        if (await client.GetInstanceAsync(CheckpointOrchestrator.InstanceId, cancellation) is not { IsRunning: true })
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(CheckpointOrchestrator),
                new CheckpointOrchestrator.Input([.. await work.TenantsAsync(cancellation)]),
                new StartOrchestrationOptions(CheckpointOrchestrator.InstanceId),
                cancellation);
        }
    }

    [Function("UpkeepEveryDay")]
    public async Task EveryDayAsync(
        [TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await work.EveryDayAsync(cancellation);
        OrchestrationRuntimeStatus[] ended =
            [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
        await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: time.GetUtcNow() - HistoryKept, Statuses: ended), cancellation);
    }
}
