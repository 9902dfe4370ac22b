using Approvals.Functions.Upkeep;
using Microsoft.Azure.Functions.Worker;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>Signs where every chain of a tenant's trail stands that grew, and keeps that apart from the trail. Repeatable: a second one covers what came since.</summary>
public sealed class TakeCheckpoint(IUpkeepWork work)
{
    public sealed record Input(string Tenant);

    [Function(nameof(TakeCheckpoint))]
    public Task RunAsync([ActivityTrigger] Input input, FunctionContext context) => work.TakeCheckpointAsync(input.Tenant, context.CancellationToken);
}
