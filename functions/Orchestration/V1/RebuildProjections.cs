using Approvals.Functions.Upkeep;
using Microsoft.Azure.Functions.Worker;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>Makes the projections of a stretch of a tenant's requests anew; after the last stretch, drops what belongs to none. Repeatable.</summary>
public sealed class RebuildProjections(IUpkeepWork work)
{
    public sealed record Input(string Tenant, string? After);

    /// <param name="After">Where to go on; null at the end.</param>
    public sealed record Output(string? After);

    [Function(nameof(RebuildProjections))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, FunctionContext context) =>
        new(await work.RebuildAsync(input.Tenant, input.After, context.CancellationToken));
}
