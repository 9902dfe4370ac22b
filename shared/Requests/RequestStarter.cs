using Approvals.Actors;
using Approvals.Chains;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Requests;

/// <summary>Starts direct requests.</summary>
public sealed class RequestStarter(IRequestEngine engine, ApprovalTypes types, TimeProvider time)
{
    public ValueTask<StartResult> StartAsync(Caller caller, Origin origin, DirectRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var check = new GateCheck { ActionType = request.ActionType, Actor = caller.Actor, Subject = request.Subject, Payload = request.Payload };
        var evaluation = GateRules.Evaluate(caller.Tenant, check, now);
        var levels = request.Levels ?? (evaluation.NeedsApproval ? evaluation.Levels : FallbackLevel.Of(caller.Tenant.Settings));
        var snapshot = new Snapshot
        {
            Number = 1,
            Title = request.Title ?? RequestTitle.Of(types, caller.Tenant, evaluation, request.RequestType, check),
            Description = request.Description,
            Requester = caller.Actor,
            Payload = request.Payload,
            PayloadHash = PayloadHash.Of(request.Payload),
            Sensitive = evaluation.Sensitive,
            TakenAt = now,
        };
        var command = new Command.Create
        {
            By = caller.Actor,
            Tenant = caller.TenantId,
            RequestId = request.RequestId,
            RequestType = request.RequestType,
            ActionType = request.ActionType,
            Subject = request.Subject,
            PayloadHash = snapshot.PayloadHash,
            Policy = request.Levels is null ? evaluation.Policy : null,
            Levels = levels,
            DistinctApprovers = evaluation.DistinctApprovers,
            CompleteWithin = evaluation.CompleteWithin,
            Watchers = [.. evaluation.Watchers.Union(Involved.People(caller.Tenant, snapshot, request.Watchers), StringComparer.Ordinal)],
        };
        var envelope = new CommandEnvelope
        {
            Tenant = caller.TenantId,
            RequestId = request.RequestId,
            CommandId = request.RequestId,
            Command = command,
            Origin = origin,
            Snapshot = snapshot,
            // A draft is its author's own; the others see it once it is submitted.
            Involved = request.Submit ? Involved.Levels(caller.Tenant, snapshot, levels) : [],
        };
        return engine.StartAsync(new StartRequest { Create = envelope, Submit = request.Submit }, cancellation);
    }
}
