namespace Approvals.Client;

/// <summary>Asks an Approvals service. An approval is claimed for exactly the call's action and arguments, once, and the call's outcome is reported.</summary>
/// <param name="client">The service.</param>
/// <param name="subject">Names what a call acts on; null: type <c>module</c> and the module's id.</param>
/// <param name="wait">How long a call waits for a decision before it is pending.</param>
public sealed class HttpApprovalHandler(
    ApprovalsClient client, Func<ApprovalRequest, (string Type, string Id)>? subject = null, TimeSpan wait = default) : IOneShotApprovalHandler
{
    private const string ExecutionId = "executionId";

    /// <inheritdoc/>
    public async Task<ApprovalResult> RequestApprovalAsync(ApprovalRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = await client.CheckAsync(Action(request), request.Arguments, cancellation);
        return GateDecision.Result(answer is { Outcome: GateOutcome.Pending, RequestId: { } pending } && wait > TimeSpan.Zero
            ? await client.WaitAsync(pending, wait, cancellation)
            : answer);
    }

    /// <inheritdoc/>
    public async Task<ApprovalResult> CheckApprovalAsync(string approvalId, CancellationToken cancellation) =>
        GateDecision.Result(await client.WaitAsync(approvalId, wait, cancellation));

    /// <inheritdoc/>
    public async Task<ApprovalResult> ClaimAsync(ApprovalRequest request, ApprovalResult approved, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(approved);
        if (approved.ApprovalId is not { } approvalId)
        {
            // Allowed without a request: there is nothing to claim.
            return approved;
        }
        // A resumed call brings the id of a request that somebody chose: the gate is asked which request answers for this action and these arguments.
        var answer = await client.CheckAsync(Action(request), request.Arguments, cancellation);
        if (answer.RequestId != approvalId || answer.Grant is not { } grant)
        {
            var result = GateDecision.Result(answer);
            return result.Status == ApprovalStatus.Approved
                ? result with { Status = ApprovalStatus.Rejected, Reason = "The approval is for another action or other arguments." }
                : result;
        }
        var execution = await client.ClaimAsync(approvalId, grant, request.Arguments, cancellation);
        return approved with { Metadata = new Dictionary<string, string> { [ExecutionId] = execution.ExecutionId } };
    }

    /// <inheritdoc/>
    public Task ReportAsync(ApprovalResult claimed, bool succeeded)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        return claimed.Metadata.TryGetValue(ExecutionId, out var execution)
            ? client.TryReportAsync(new Execution(claimed.ApprovalId!, execution), succeeded)
            : Task.CompletedTask;
    }

    private GatedAction Action(ApprovalRequest request)
    {
        var (type, id) = subject?.Invoke(request) ?? ("module", request.ModuleId);
        return new GatedAction(request.Annotations.ActionType ?? request.ModuleId, type, id) { Description = request.Description };
    }
}
