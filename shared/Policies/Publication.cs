using System.Collections.Immutable;
using System.Diagnostics;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;

namespace Approvals.Policies;

/// <summary>
/// Publishes and retires policies through the gate: when the request that it starts is approved (<see cref="PublicationCompletion"/>).
/// </summary>
public sealed class Publication(IPolicyStore policies, IRequestStore requests, Gatekeeper gate, PublicationCompletion completion)
{
    /// <summary>Null: there is no such version.</summary>
    /// <param name="requestId">Id of the request, should one be started.</param>
    public async ValueTask<PublicationResult?> ChangeAsync(
        Caller caller, Origin origin, string key, int version, bool retire, string requestId, CancellationToken cancellation)
    {
        var versions = await SettledAsync(caller.TenantId, key, cancellation);
        if (versions.FirstOrDefault(v => v.Version == version) is not { } found)
        {
            return null;
        }
        var expected = retire ? PolicyStatus.Active : PolicyStatus.Draft;
        if (found.Status != expected)
        {
            return new PublicationResult(found, null, new Refusal(
                RefusalCode.InvalidState, retire ? Texts.RefusedRetire : Texts.RefusedPublish));
        }
        var call = new GateCall
        {
            ActionType = PublicationRequest.ActionType(retire),
            Subject = PublicationRequest.Subject(found),
            Payload = PublicationRequest.Payload(found, retire, versions.FirstOrDefault(v => v.Status == PolicyStatus.Active)),
            Title = PublicationRequest.Title(found, retire),
            Origin = RequestOrigin.Service,
            Barred = retire ? [] : [found.CreatedBy],
            // Somebody asks once more after a rejection: with a policy, that is the way to try again.
            Reopen = true,
            RequestId = requestId,
        };
        var result = await gate.CheckAsync(caller, origin, call, cancellation);
        if (result.Refusal is not null)
        {
            return new PublicationResult(found, null, result.Refusal);
        }
        // A policy always asks: the built-in ones are there for who has none.
        if (result.Request is not { } request)
        {
            throw new UnreachableException();
        }
        return await PendingAsync(caller, found, expected, request, cancellation);
    }

    /// <summary>All versions, once what was approved of them is done: whoever asks now sees what theirs replaces.</summary>
    private async ValueTask<ImmutableArray<PolicyVersion>> SettledAsync(string tenant, string key, CancellationToken cancellation)
    {
        var versions = await policies.ListAsync(tenant, key, cancellation);
        var isSettled = true;
        foreach (var id in versions.Select(version => version.PendingRequest).OfType<string>())
        {
            if (await requests.FindAsync(tenant, id, cancellation) is { State.Status: RequestStatus.Approved } request)
            {
                await completion.CompleteAsync(request, cancellation);
                isSettled = false;
            }
        }
        return isSettled ? versions : await policies.ListAsync(tenant, key, cancellation);
    }

    private async ValueTask<PublicationResult> PendingAsync(
        Caller caller, PolicyVersion found, PolicyStatus expected, StoredRequest request, CancellationToken cancellation)
    {
        var pending = found with { PendingRequest = request.State.Id };
        if (found.PendingRequest != pending.PendingRequest)
        {
            await policies.ChangeAsync(caller.TenantId, expected, pending, [], [], cancellation);
        }
        // The request may have been approved before the version knew of it; its own event is then over.
        await completion.CompleteAsync(request, cancellation);
        var versions = await policies.ListAsync(caller.TenantId, found.Policy.Key, cancellation);
        return new PublicationResult(versions.First(v => v.Version == found.Version), request, null);
    }
}

/// <param name="Version">As it is now.</param>
/// <param name="Request">The request that decides; null where the change is made, or refused.</param>
public sealed record PublicationResult(PolicyVersion Version, StoredRequest? Request, Refusal? Refusal);
