using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>Takes a checkpoint of every tenant's trail. A tenant whose checkpoint fails is covered by the next hour's.</summary>
public static class CheckpointOrchestrator
{
    public const string InstanceId = "checkpoints";

    private static readonly TaskOptions Patient = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2));

    public sealed record Input(ImmutableArray<string> Tenants);

    [Function(nameof(CheckpointOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        foreach (var tenant in input.Tenants)
        {
            try
            {
                await context.CallActivityAsync(nameof(TakeCheckpoint), new TakeCheckpoint.Input(tenant), Patient);
            }
            catch (TaskFailedException fault)
            {
                OrchestrationFault.Tell(context, $"checkpoint of {tenant}", fault);
            }
        }
    }
}
