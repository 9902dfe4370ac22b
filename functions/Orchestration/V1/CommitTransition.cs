using Approvals.Functions.Commands;
using Microsoft.Azure.Functions.Worker;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>
/// Resolves approvers, decides and commits one command, or what is due; then carries over what was committed. All of it in one activity, since
/// each activity costs some ten storage operations. Repeatable: a command's receipt is committed with its effect.
/// </summary>
public sealed class CommitTransition(IRequestWorker worker)
{
    /// <param name="CommandId">Of a staged command; null: whatever is due.</param>
    public sealed record Input(string Tenant, string RequestId, string? CommandId);

    /// <inheritdoc cref="WorkDone"/>
    public sealed record Output(bool Live, DateTimeOffset? WakeAt, bool Dispatched);

    [Function(nameof(CommitTransition))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, FunctionContext context)
    {
        var done = await worker.RunAsync(input.Tenant, input.RequestId, input.CommandId, context.CancellationToken);
        return new Output(done.Live, done.WakeAt, done.Dispatched);
    }
}
