using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Policies;

/// <summary>
/// Makes the change that a request about a policy was about, once it is approved. Of several requests about one version, whichever is approved first makes
/// it: the store takes a version from the status that it was found in only once, so that a repeat, and another request, find nothing left to do. Where another
/// version has become active than the approvers saw it replace, it stays a draft.
/// </summary>
public sealed class PublicationCompletion(IPolicyStore policies, IRequestEngine engine, TimeProvider time)
{
    /// <summary>Does nothing where the request is about something else, is open, or was not started by the service.</summary>
    public async ValueTask CompleteAsync(StoredRequest request, CancellationToken cancellation)
    {
        var state = request.State;
        var retire = state.ActionType == BuiltInPolicies.RetireAction;
        if ((!retire && state.ActionType != BuiltInPolicies.PublishAction) || !Chain.IsTerminal(state.Status)
            || await FindAsync(request, cancellation) is not { } version)
        {
            return;
        }
        // One that was stored before origins were kept is the service's where the version waits for it, as the service wrote it.
        var waits = version.PendingRequest == state.Id;
        var isOurs = state.Origin == RequestOrigin.Service || (waits && state.Snapshot == 1);
        if (state.Status != RequestStatus.Approved)
        {
            if (waits)
            {
                await policies.ChangeAsync(state.Tenant, version.Status, version with { PendingRequest = null }, [], [], cancellation);
            }
        }
        else if (isOurs && version.Status == (retire ? PolicyStatus.Active : PolicyStatus.Draft))
        {
            await ApplyAsync(version, retire, request, cancellation);
        }
    }

    /// <summary>Does nothing where the version no longer stands where it did.</summary>
    private async ValueTask ApplyAsync(PolicyVersion version, bool retire, StoredRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var tenant = request.State.Tenant;
        var changed = retire
            ? version with { Status = PolicyStatus.Retired, RetiredAt = now, PendingRequest = null }
            : version with { Status = PolicyStatus.Active, PublishedAt = now, PendingRequest = null, Replaces = Replaces(request) };
        var audit = new AuditDraft
        {
            Tenant = tenant,
            At = now,
            Actor = Actor.System,
            OnBehalfOf = request.State.Requester.Id,
            Action = retire ? AuditAction.PolicyRetired : AuditAction.PolicyPublished,
            Subject = PublicationRequest.Subject(version),
            Policy = new(version.Policy.Key, version.Version),
            Outcome = AuditOutcome.Ok,
            Details = [new("approvedBy", Value.From(request.State.Id))],
        };
        var happened = PolicyEvents.Published(tenant, changed, Actor.System.Id, request.State.Id, now);
        if (await policies.ChangeAsync(tenant, version.Status, changed, [audit], retire ? [] : [happened], cancellation)
            || await FindAsync(request, cancellation) is not { Status: PolicyStatus.Draft } draft)
        {
            return;
        }
        if (draft.PendingRequest == request.State.Id)
        {
            await policies.ChangeAsync(tenant, PolicyStatus.Draft, draft with { PendingRequest = null }, [], [], cancellation);
        }
        await engine.RecordAsync(
            [audit with { Outcome = AuditOutcome.Failed, Reason = Chain.ChangedMeanwhile, Once = $"publication-{request.State.Id}" }], cancellation);
    }

    /// <summary>What the approvers saw that it replaces.</summary>
    private static int Replaces(StoredRequest request) =>
        request.Snapshot.Payload.At("replaces") is { Kind: ValueKind.Double or ValueKind.Int } active ? (int)active.AsDouble() : 0;

    private async ValueTask<PolicyVersion?> FindAsync(StoredRequest request, CancellationToken cancellation)
    {
        if (request.Snapshot.Payload.At("key") is not { Kind: ValueKind.String } key
            || request.Snapshot.Payload.At("version") is not { Kind: ValueKind.Double or ValueKind.Int } number)
        {
            return null;
        }
        var versions = await policies.ListAsync(request.State.Tenant, key.AsString(), cancellation);
        return versions.FirstOrDefault(version => version.Version == number.AsDouble());
    }
}
