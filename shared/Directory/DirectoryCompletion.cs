using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Directory;

/// <summary>Changes people: at once, or when a request about them is approved; once, and only if they are still as its approvers saw them.</summary>
public sealed class DirectoryCompletion(
    ITenantCatalog catalog, Departure departure, IRequestEngine engine, TimeProvider time, IDirectoryStore? store = null)
{
    /// <summary>Whether people can be changed here at all.</summary>
    public bool IsOurs => store is not null;

    /// <summary>Does nothing where the request is about something else, or is not approved. Repeatable.</summary>
    public async ValueTask CompleteAsync(StoredRequest request, CancellationToken cancellation)
    {
        var state = request.State;
        if (state is not { ActionType: DirectoryAuthority.ChangeAction, Origin: RequestOrigin.Service, Status: RequestStatus.Approved } || store is null
            || await catalog.FindAsync(state.Tenant, cancellation) is not { } tenant)
        {
            return;
        }
        var id = state.Subject.Id;
        var before = tenant.Directory.Find(id);
        var isAsSeen = DirectoryRequest.TryRead(request.Snapshot.Payload, before, id, out var wanted);
        if (isAsSeen && await ApplyAsync(state.Tenant, before, wanted!, Actor.System, request, Origin.Internal, cancellation))
        {
            return;
        }
        if (!await IsDoneAsync(request, cancellation))
        {
            var failed = PersonRecord.Entry(state.Tenant, null, before ?? new Person { Id = id, Name = id }, Actor.System, Origin.Internal, time.GetUtcNow());
            await engine.RecordAsync(
                [
                    failed with
                    {
                        OnBehalfOf = request.State.Requester.Id,
                        Outcome = AuditOutcome.Failed,
                        Reason = Chain.ChangedMeanwhile,
                        Details = [new("approvedBy", Value.From(state.Id))],
                        Once = $"directory-{state.Id}",
                    },
                ],
                cancellation);
        }
    }

    /// <param name="request">The approved request; null where nothing gated the change.</param>
    /// <returns>False: they are no longer as in <paramref name="before"/>, and nothing was changed.</returns>
    internal async ValueTask<bool> ApplyAsync(
        string tenant, Person? before, Person wanted, Actor by, StoredRequest? request, Origin origin, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var responsible = request?.State.Requester.Id ?? by.Id;
        var after = wanted.Since(before, responsible, now);
        if (after == before)
        {
            return true;
        }
        var entry = PersonRecord.Entry(tenant, before, after, by, origin, now);
        if (request is not null)
        {
            entry = entry with { OnBehalfOf = responsible, Details = [.. entry.Details, new("approvedBy", Value.From(request.State.Id))], Once = $"directory-{request.State.Id}" };
        }
        var left = before is { MayAct: true } && !after.MayAct;
        // Without a second person's consent, the administrators are told what one of them did.
        var isTold = left || (request is null && await GivesAuthorityAsync(tenant, before, after, by, now, cancellation));
        ImmutableArray<OutboxEvent> events =
            isTold ? [DirectoryEvents.Changed(tenant, after, PersonRecord.Word(before, after), responsible, now)] : [];
        if (!await store!.ChangeAsync(tenant, before, after, [entry], events, cancellation))
        {
            return false;
        }
        if (left)
        {
            await departure.EndAsync(tenant, after.Id, now, cancellation);
        }
        return true;
    }

    private async ValueTask<bool> GivesAuthorityAsync(
        string tenant, Person? before, Person after, Actor by, DateTimeOffset now, CancellationToken cancellation) =>
        await catalog.FindAsync(tenant, cancellation) is { } current && !DirectoryAuthority.Gainers(current, before, after, by.Id, now).IsEmpty;

    /// <summary>A repeat finds the change made, by the version that comes after the approved one.</summary>
    private async ValueTask<bool> IsDoneAsync(StoredRequest request, CancellationToken cancellation) =>
        await catalog.FindAsync(request.State.Tenant, cancellation) is { } tenant
        && tenant.Directory.Find(request.State.Subject.Id) is { } person
        && request.Snapshot.Payload.At("after") is { } wanted && PersonRecord.Source(person).Equals(wanted);
}
