using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Delegations;

/// <summary>Lets a gated delegation count once its request is approved, and ends it once that is refused. Repeatable at every step.</summary>
public sealed class DelegationCompletion(IDelegationStore store, TimeProvider time)
{
    /// <summary>Does nothing where the request is about something else, is open, or is not the one that the delegation waits for.</summary>
    public async ValueTask CompleteAsync(StoredRequest request, CancellationToken cancellation)
    {
        var state = request.State;
        if (state.ActionType != DelegationRules.CreateAction || state.Subject.Type != DelegationRequest.SubjectType || !Chain.IsTerminal(state.Status)
            || await store.FindAsync(state.Tenant, state.Subject.Id, cancellation) is not { } delegation)
        {
            return;
        }
        // One that was stored before origins were kept is the service's as the service wrote it.
        if (delegation.PendingRequest != state.Id || delegation.EndedAt is not null || (state.Origin != RequestOrigin.Service && state.Snapshot > 1))
        {
            return;
        }
        var now = time.GetUtcNow();
        if (state.Status == RequestStatus.Approved)
        {
            await StartAsync(state.Tenant, delegation with { PendingRequest = null }, Actor.System, state.Id, Origin.Internal, now, cancellation);
        }
        else
        {
            var ended = delegation with { EndedAt = now };
            await store.SaveAsync(
                state.Tenant, ended, [Entry(state.Tenant, ended, AuditAction.DelegationEnded, Actor.System, state.Id, Origin.Internal, now)], [], cancellation);
        }
    }

    /// <returns>False: it was ended in the meantime, and does not count.</returns>
    internal async ValueTask<bool> StartAsync(
        string tenant, Delegation delegation, Actor by, string? requestId, Origin origin, DateTimeOffset now, CancellationToken cancellation)
    {
        // One that counts from now on has its beginning told with this.
        delegation = delegation.From <= now ? delegation with { BeganAt = now } : delegation;
        return await store.SaveAsync(
            tenant, delegation, [Entry(tenant, delegation, AuditAction.DelegationCreated, by, requestId, origin, now)],
            [DelegationRequest.Changed(tenant, delegation, "created", now)], cancellation);
    }

    /// <param name="requestId">The request that decided, where one did.</param>
    internal static AuditDraft Entry(
        string tenant, Delegation delegation, string action, Actor by, string? requestId, Origin origin, DateTimeOffset now) => new()
        {
            Tenant = tenant,
            At = now,
            Actor = by,
            OnBehalfOf = delegation.Delegator == by.Id ? null : delegation.Delegator,
            Action = action,
            Subject = DelegationRequest.Subject(delegation),
            Outcome = AuditOutcome.Ok,
            Reason = delegation.Reason,
            Details =
            [
                new("delegate", Value.From(delegation.Delegate)),
                new("from", Value.From(delegation.From)),
                new("until", Value.From(delegation.Until)),
                .. requestId is null ? [] : new KeyValuePair<string, Value>[] { new("decidedBy", Value.From(requestId)) },
            ],
            Origin = origin,
        };
}
