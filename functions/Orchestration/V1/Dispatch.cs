using Approvals.Functions.Commands;
using Microsoft.Azure.Functions.Worker;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>Carries over what a commit left, where <see cref="CommitTransition"/> could not. Repeatable.</summary>
public sealed class Dispatch(IRequestWorker worker)
{
    public sealed record Input(string Tenant, string RequestId);

    [Function(nameof(Dispatch))]
    public async Task RunAsync([ActivityTrigger] Input input, FunctionContext context) =>
        await worker.DispatchAsync(input.Tenant, input.RequestId, context.CancellationToken);
}
