using System.Text.Json.Serialization;
using Approvals.Functions.Commands;
using Microsoft.Azure.Functions.Worker;

namespace Approvals.Functions.Orchestration.V1;

/// <summary>
/// Resolves approvers, decides and commits one command and those that waited behind it, or what is due; then carries over what was committed. All of it in one activity, since
/// each activity costs some ten storage operations. Repeatable: a command's receipt is committed with its effect.
/// </summary>
public sealed class CommitTransition(IRequestWorker worker)
{
    /// <param name="CommandId">Of a staged command; null: whatever is due.</param>
    /// <param name="Behind">Ids of commands that had arrived after it, in order; null: none.</param>
    public sealed record Input(
        string Tenant,
        string RequestId,
        string? CommandId,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Behind = null);

    /// <inheritdoc cref="WorkDone"/>
    public sealed record Output(bool Live, DateTimeOffset? WakeAt, bool Dispatched, int Behind = 0);

    [Function(nameof(CommitTransition))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, FunctionContext context)
    {
        var done = await worker.RunAsync(input.Tenant, input.RequestId, input.CommandId, input.Behind ?? [], context.CancellationToken);
        return new Output(done.Live, done.WakeAt, done.Dispatched, done.Behind);
    }
}
