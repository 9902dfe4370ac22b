using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// A request whose creation is staged and not carried out yet, since no worker has come to it. It shows as its creator asked for it: pending, at no level,
/// below every version that it will have.
/// </summary>
internal static class Creation
{
    /// <exception cref="TimeoutException">It will be refused, and is not yet.</exception>
    public static async ValueTask<StoredRequest> ToBeAsync(StagedCommand staged)
    {
        var (envelope, snapshot) = (staged.Envelope, staged.Envelope.Snapshot!);
        var created = await Transitions.RunAsync(null, envelope, snapshot.TakenAt, NoLevels.Instance);
        return created.After is { } state
            ? new StoredRequest(state with { Version = 0, Status = staged.Submit ? RequestStatus.Pending : RequestStatus.Draft }, snapshot, ChainHead.Empty)
            : throw new TimeoutException($"The request {envelope.RequestId} was not refused in time.");
    }

    /// <summary>The staged creation of a request; null: none is on its way.</summary>
    public static async Task<StagedCommand?> FindAsync(RequestTable requests, string tenant, string requestId, CancellationToken cancellation) =>
        (await requests.OpenCommandsAsync(tenant, requestId, cancellation)).FirstOrDefault(staged => staged.Envelope.Command is Command.Create);
}
