using System.Diagnostics;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Values;

namespace Approvals.Delegations;

/// <summary>
/// Creates and ends delegations. One across departments goes through the gate: it counts once its request is approved
/// (<see cref="DelegationCompletion"/>).
/// </summary>
public sealed class Delegating(
    IDelegationStore store, ITenantCatalog catalog, IRequestEngine engine, Gatekeeper gate, DelegationCompletion completion, TimeProvider time) : IDisposable
{
    /// <summary>Two delegations made at the same time could close a circle that neither of them sees.</summary>
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="requestId">Id of the request, should one be started.</param>
    public async ValueTask<DelegationResult> CreateAsync(
        Caller caller, Origin origin, Delegation delegation, string requestId, CancellationToken cancellation)
    {
        if (DelegationRules.Input(delegation) is { } wrong)
        {
            return new DelegationResult(delegation) { Refusal = wrong.Refusal, Field = wrong.Field };
        }
        await _one.WaitAsync(cancellation);
        try
        {
            var tenant = await catalog.FindAsync(caller.TenantId, cancellation) ?? caller.Tenant;
            var meant = delegation with
            {
                Delegator = tenant.Directory.Meant(delegation.Delegator)?.Id ?? delegation.Delegator,
                Delegate = tenant.Directory.Meant(delegation.Delegate)?.Id ?? delegation.Delegate,
            };
            return await CreateOneAsync(caller with { Tenant = tenant }, origin, meant, requestId, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<DelegationResult> CreateOneAsync(
        Caller caller, Origin origin, Delegation delegation, string requestId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await store.FindAsync(caller.TenantId, delegation.Id, cancellation) is { } repeated)
        {
            return new DelegationResult(repeated);
        }
        var check = DelegationRules.Check(caller.Tenant, delegation, caller.Actor, now);
        if (check.Refusal is { } refusal)
        {
            var refused = DelegationCompletion.Entry(caller.TenantId, delegation, AuditAction.DelegationCreated, caller.Actor, null, origin, now);
            await engine.RecordAsync([refused with { Outcome = AuditOutcome.Refused, Code = refusal.Code }], cancellation);
            return new DelegationResult(delegation) { Refusal = refusal, Field = check.Field };
        }
        if (check.NeedsApproval)
        {
            var call = new GateCall
            {
                ActionType = DelegationRules.CreateAction,
                Subject = DelegationRequest.Subject(delegation),
                Payload = DelegationRequest.Payload(delegation, caller.Tenant.Directory),
                Title = Phrase.With(Texts.DelegationTitle, delegation.Delegator, delegation.Delegate),
                Origin = RequestOrigin.Service,
                // Whoever is lent authority does not agree to it for the one who lends it.
                Barred = [delegation.Delegate],
                RequestId = requestId,
            };
            var result = await gate.CheckAsync(caller, origin, call, cancellation);
            if (result.Refusal is not null)
            {
                return new DelegationResult(delegation) { Refusal = result.Refusal };
            }
            // A policy always asks: the built-in one is there for who has none.
            return result.Request is { } request
                ? await PendingAsync(caller, origin, delegation, request, now, cancellation)
                : throw new UnreachableException();
        }
        await completion.StartAsync(caller.TenantId, delegation, caller.Actor, null, origin, now, cancellation);
        return new DelegationResult(delegation);
    }

    /// <summary>Null: there is none, or the caller may not see it.</summary>
    public async ValueTask<DelegationResult?> EndAsync(Caller caller, Origin origin, string id, CancellationToken cancellation)
    {
        if (await store.FindAsync(caller.TenantId, id, cancellation) is not { } found || !MaySee(caller, found))
        {
            return null;
        }
        if (!caller.IsAdmin && found.Delegator != caller.Id && found.CreatedBy != caller.Id)
        {
            return new DelegationResult(found) { Refusal = new(RefusalCode.NotAuthorized, Texts.RefusedEndDelegation) };
        }
        if (found.EndedAt is not null)
        {
            return new DelegationResult(found);
        }
        var now = time.GetUtcNow();
        var ended = found with { EndedAt = now };
        var isEnded = await store.SaveAsync(
            caller.TenantId, ended, [DelegationCompletion.Entry(caller.TenantId, ended, AuditAction.DelegationEnded, caller.Actor, null, origin, now)],
            [DelegationRequest.Changed(caller.TenantId, ended, "ended", now)], cancellation);
        return new DelegationResult(isEnded ? ended : await store.FindAsync(caller.TenantId, id, cancellation) ?? found);
    }

    /// <summary>Those who lent or were lent authority, and administrators.</summary>
    public static bool MaySee(Caller caller, Delegation delegation) =>
        caller.SeesAll || delegation.Delegator == caller.Reader.Id || delegation.Delegate == caller.Reader.Id || delegation.CreatedBy == caller.Reader.Id;

    private async ValueTask<DelegationResult> PendingAsync(
        Caller caller, Origin origin, Delegation delegation, StoredRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        var pending = delegation with { PendingRequest = request.State.Id };
        var entry = DelegationCompletion.Entry(caller.TenantId, pending, AuditAction.DelegationCreated, caller.Actor, null, origin, now) with
        {
            Details = [new("pendingRequest", Value.From(request.State.Id))],
        };
        await store.SaveAsync(caller.TenantId, pending, [entry], [], cancellation);
        // The request may have been approved before the delegation knew of it; its own event is then over.
        await completion.CompleteAsync(request, cancellation);
        return new DelegationResult(await store.FindAsync(caller.TenantId, delegation.Id, cancellation) ?? pending) { Request = request };
    }
}

/// <summary>What became of an attempt to delegate.</summary>
/// <param name="Delegation">As it is now; not stored where refused.</param>
public sealed record DelegationResult(Delegation Delegation)
{
    /// <summary>The request that decides, where one does.</summary>
    public StoredRequest? Request { get; init; }
    public Refusal? Refusal { get; init; }

    /// <summary>The member at fault, if it is one.</summary>
    public string? Field { get; init; }
}
