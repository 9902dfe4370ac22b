using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Ports;
using Approvals.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Requests;

/// <summary>
/// Starts direct requests. Nobody chooses their own approvers where it matters: a policy that covers the action type has the say, and where a side effect
/// follows, the tenant has.
/// </summary>
public sealed class RequestStarter(IRequestEngine engine, ApprovalTypes types, TimeProvider time)
{
    public async ValueTask<StartResult> StartAsync(Caller caller, Origin origin, DirectRequest request, CancellationToken cancellation)
    {
        var type = types.Of(request.RequestType);
        var actionType = request.ActionType ?? type.ActionFor(request.RequestType);
        if ((InputRules.Refuse(request, actionType) ?? type.RefuseAction(actionType) ?? type.RefusePayload(request.Payload)
            ?? RefuseLevels(caller.Tenant, type, actionType, request.Levels)) is { } refusal)
        {
            return new StartResult(null, Created: false, refusal);
        }
        var envelope = Create(caller, origin, request, actionType);
        return await engine.StartAsync(new StartRequest { Create = envelope, Submit = request.Submit }, cancellation);
    }

    private static Refusal? RefuseLevels(TenantSnapshot tenant, ApprovalType type, string actionType, ImmutableArray<LevelDefinition>? levels) =>
        levels is null ? null
        : type.HasSideEffect ? new(RefusalCode.InvalidLevel, Phrase.With(Texts.RefusedLevelsOfType, type.Type))
        : tenant.Policies.Covers(actionType) ? new(RefusalCode.InvalidLevel, Phrase.With(Texts.RefusedLevelsCovered, actionType))
        // As at the gate: whoever misspells an action type must not get by its policy.
        : tenant.Policies.InAnotherCase(actionType) is { } pattern ? new(RefusalCode.ValidationFailed, Phrase.With(Texts.GateOtherCase, actionType, pattern))
        : null;

    private CommandEnvelope Create(Caller caller, Origin origin, DirectRequest request, string actionType)
    {
        var now = time.GetUtcNow();
        var check = new GateCheck { ActionType = actionType, Actor = caller.Actor, Subject = request.Subject, Payload = request.Payload };
        var evaluation = GateRules.Evaluate(caller.Tenant, check, now);
        var levels = request.Levels ?? (evaluation.NeedsApproval ? evaluation.Levels : FallbackLevel.Of(caller.Tenant.Settings.FallbackApprovers));
        var snapshot = new Snapshot
        {
            Number = 1,
            Title = request.Title ?? RequestTitle.Of(types, caller.Tenant, evaluation, request.RequestType, check),
            TitleIsMade = request.Title is null,
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
            Origin = RequestOrigin.Direct,
            RequestType = request.RequestType,
            ActionType = actionType,
            Subject = request.Subject,
            PayloadHash = snapshot.PayloadHash,
            Policy = evaluation.Policy,
            RequesterLevels = request.Levels is not null,
            Levels = levels,
            DistinctApprovers = evaluation.DistinctApprovers,
            CompleteWithin = evaluation.CompleteWithin,
            Watchers = [.. evaluation.Watchers.Union(Involved.People(caller.Tenant, snapshot, request.Watchers), StringComparer.Ordinal)],
        };
        return new CommandEnvelope
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
    }
}
