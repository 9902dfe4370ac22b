using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>Makes a tenant's projections anew, a stretch of its requests at a time.</summary>
public static class RebuildOrchestrator
{
    /// <summary>Stretches after which the history is begun anew.</summary>
    private const int MostStretches = 100;

    private static readonly TaskOptions Patient = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2));

    /// <param name="After">Where to go on.</param>
    public sealed record Input(string Tenant, string? After = null);

    [Function(nameof(RebuildOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        for (var stretches = 1; ; stretches++)
        {
            var done = await context.CallActivityAsync<RebuildProjections.Output>(
                nameof(RebuildProjections), new RebuildProjections.Input(input.Tenant, input.After), Patient);
            if (done.After is null)
            {
                return;
            }

            input = input with { After = done.After };
            if (stretches == MostStretches)
            {
                context.ContinueAsNew(input);
                return;
            }
        }
    }
}
