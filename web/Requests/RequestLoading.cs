using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Requests;
using Approvals.Types;
using Approvals.Values;
using Approvals.Web.Cards;
using Approvals.Web.Hosting;
using Approvals.Web.Payloads;
using Approvals.Web.Trail;

namespace Approvals.Web.Requests;

/// <summary>Gathers what the page of a request shows.</summary>
internal static class RequestLoading
{
    private const int HistoryPage = 100;
    private const int MostEarlier = 5;

    public static async Task<RequestView> LoadAsync(Visit visit, StoredRequest request, RefusedForm? refused = null)
    {
        var (state, snapshot) = (request.State, request.Snapshot);
        var actsFor = Authority.ActsFor(visit.Caller.Tenant, visit.Caller.Id, state.ActionType, visit.Now);
        var history = await visit.Services.Requests.HistoryAsync(visit.Tenant, state.Id, new PageRequest(HistoryPage), visit.Cancellation);
        var type = visit.Web.Types.Of(state.RequestType);
        var items = history.Items.Select(TrailItem.Of).ToImmutableArray();
        return new RequestView
        {
            Request = request,
            Payload = Masking.Apply(snapshot.Payload, snapshot.Sensitive),
            Rights = RequestRights.Of(state, visit.Caller.Actor, actsFor, visit.Now),
            ActsFor = actsFor,
            IsTyped = !type.MetadataSchema.Properties.IsEmpty,
            Words = DecisionWords.Of(type),
            ResubmissionSchema = PayloadSchema.Of(type, snapshot.Payload),
            Input = type.DecisionInputSchema is { } schema ? SchemaForm.Fields(schema) : [],
            Why = await WhyAsync(visit, request, items),
            Changes = await ChangesAsync(visit, request),
            Escalations = Escalations.Of(items, id => visit.Caller.Tenant.Directory.Find(id)?.Name ?? id),
            History = items,
            HistoryCursor = history.NextCursor,
            Earlier = await EarlierAsync(visit, request),
            Refused = refused,
        };
    }

    /// <summary>The pinned version, run once more over the snapshot as of the time that it was taken.</summary>
    private static async Task<WhyView?> WhyAsync(Visit visit, StoredRequest request, ImmutableArray<TrailItem> history)
    {
        var (state, snapshot) = (request.State, request.Snapshot);
        if (state.Policy is not { } policy)
        {
            return null;
        }

        var fault = history.Select(item => item.Fields.Details.At("fault")).FirstOrDefault(found => found is { Kind: ValueKind.String })?.AsString();
        var versions = await visit.Services.Policies.ListAsync(visit.Tenant, policy.Key, visit.Cancellation);
        var version = versions.FirstOrDefault(found => found.Version == policy.Version)
            ?? visit.Caller.Tenant.Policies.Active.FirstOrDefault(found => found.Policy.Key == policy.Key && found.Version == policy.Version);
        if (version is null)
        {
            return new WhyView(policy.Key, policy.Version, null, null, null, [], fault);
        }

        var check = new GateCheck { ActionType = state.ActionType, Actor = snapshot.Requester, Subject = state.Subject, Payload = snapshot.Payload };
        var masked = version.Policy with { Sensitive = snapshot.Sensitive };
        var result = PolicySimulation.Run(visit.Caller.Tenant, masked, policy.Version, check, snapshot.TakenAt);
        return new WhyView(policy.Key, policy.Version, version.Policy.Name, version.Policy.When, result.Summary, result.Explanation, fault ?? result.Fault);
    }

    private static async Task<ImmutableArray<PayloadChange>> ChangesAsync(Visit visit, StoredRequest request)
    {
        var now = request.Snapshot;
        return now.Number > 1
            && await visit.Services.Requests.FindSnapshotAsync(visit.Tenant, request.State.Id, now.Number - 1, visit.Cancellation) is { } before
            ? PayloadDiff.Of(before.Payload, before.Sensitive, now.Payload, now.Sensitive)
            : [];
    }

    /// <summary>From the reader's own latest entries of the trail; only what they may still see.</summary>
    private static async Task<ImmutableArray<EarlierDecision>> EarlierAsync(Visit visit, StoredRequest request)
    {
        var found = new List<AuditFields>();
        foreach (var action in (string[])[AuditAction.Approved, AuditAction.Rejected])
        {
            var query = new AuditQuery { Tenant = visit.Tenant, Actor = visit.Caller.Id, Action = action };
            var page = await visit.Services.Audit.QueryAsync(query, new PageRequest(HistoryPage), visit.Cancellation);
            found.AddRange(page.Items.Select(AuditFields.Read).Where(entry =>
                entry.Outcome == AuditOutcome.Ok && entry.ActionType == request.State.ActionType && entry.RequestId is { } id && id != request.State.Id));
        }

        var earlier = ImmutableArray.CreateBuilder<EarlierDecision>();
        foreach (var entry in found.OrderByDescending(entry => entry.At).Take(MostEarlier))
        {
            if (await visit.Services.Commands.FindAsync(visit.Caller, entry.RequestId!, visit.Cancellation) is { } other)
            {
                earlier.Add(new EarlierDecision(entry.RequestId!, other.Snapshot.Title, entry.Action, entry.Reason, entry.At));
            }
        }

        return earlier.ToImmutable();
    }
}
