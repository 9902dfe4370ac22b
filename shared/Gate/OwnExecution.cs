using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Gate;

/// <summary>
/// Executes what this service itself gated: claims the grant in the requester's name, does it, reports. Whatever step a crash
/// comes after, running it again ends in the same place.
/// </summary>
public sealed class OwnExecution(IRequestEngine engine)
{
    private const string ClaimId = "own-execution";
    private const string ReportId = "own-report";

    public static bool IsOver(RequestState state) =>
        state.Status is RequestStatus.Approved or RequestStatus.Rejected or RequestStatus.Withdrawn or RequestStatus.Expired;

    /// <summary>Claimed here before, and not reported: the service stopped in between.</summary>
    public static bool IsUnreported(RequestState state) => state.Grant?.Execution is { Id: ClaimId, Outcome: ExecutionOutcome.Claimed };

    /// <param name="act">False where there was nothing left to change.</param>
    public async ValueTask RunAsync(StoredRequest request, Func<ValueTask<bool>> act, CancellationToken cancellation)
    {
        var claim = new Command.ClaimGrant(request.State.PayloadHash, ClaimId) { By = request.Snapshot.Requester };
        var claimed = await engine.SendAsync(Envelope(request, ClaimId, claim), cancellation);
        if (claimed.Receipt is null or { Refusal: not null })
        {
            // Claimed by a gate caller, or too late: then it is no longer ours to do.
            return;
        }
        var done = await act();
        var report = new Command.ReportExecution(ClaimId, done) { By = request.Snapshot.Requester };
        await engine.SendAsync(Envelope(request, ReportId, report), cancellation);
    }

    private static CommandEnvelope Envelope(StoredRequest request, string commandId, Command command) => new()
    {
        Tenant = request.State.Tenant,
        RequestId = request.State.Id,
        CommandId = commandId,
        Command = command,
    };
}
