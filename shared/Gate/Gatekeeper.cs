using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Directory;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>Answers gate checks: audits each, and starts or finds the request where one is needed.</summary>
public sealed class Gatekeeper(IRequestEngine engine, ApprovalTypes types, TimeProvider time)
{
    private static readonly ImmutableArray<KeyValuePair<string, Value>> AllowedDetails = [new("gate", Value.From("allowed"))];
    private static readonly ImmutableArray<KeyValuePair<string, Value>> RefusedDetails = [new("gate", Value.From("refused"))];

    public async ValueTask<GateResult> CheckAsync(Caller caller, Origin origin, GateCall call, CancellationToken cancellation)
    {
        if ((InputRules.Refuse(call) ?? (call.Origin == RequestOrigin.Gate ? RefuseType(call) : null)) is { } refusal)
        {
            return new GateResult(GateEvaluation.Unknown, null, refusal);
        }
        var now = time.GetUtcNow();
        var check = new GateCheck { ActionType = call.ActionType, Actor = caller.Actor, Subject = call.Subject, Payload = call.Payload };
        var evaluation = GateRules.Evaluate(caller.Tenant, check, now);
        var attempt = new AuditDraft
        {
            Tenant = caller.TenantId,
            At = now,
            Actor = caller.Actor,
            Action = AuditAction.GateChecked,
            Subject = call.Subject,
            ActionType = call.ActionType,
            Policy = evaluation.Policy,
            PayloadHash = PayloadHash.Of(call.Payload),
            Outcome = AuditOutcome.Ok,
            Origin = origin,
        };
        if (!evaluation.NeedsApproval && caller.Tenant.Policies.InAnotherCase(call.ActionType) is { } pattern)
        {
            // Whoever misspells an action type must not get by its policy.
            var other = new Refusal(RefusalCode.ValidationFailed, Phrase.With(Texts.GateOtherCase, call.ActionType, pattern));
            await engine.RecordAsync(
                [attempt with { Payload = call.Payload, Outcome = AuditOutcome.Refused, Code = other.Code, Details = RefusedDetails }], cancellation);
            return new GateResult(evaluation, null, other);
        }
        if (!evaluation.NeedsApproval)
        {
            await engine.RecordAsync([attempt with { Payload = call.Payload, Details = Details(evaluation) }], cancellation);
            return new GateResult(evaluation, null, null);
        }
        var started = await engine.StartAsync(
            new StartRequest
            {
                Create = Create(caller, origin, call, check, evaluation, attempt.PayloadHash, now),
                Reopen = call.Reopen,
                Attempt = attempt with { Details = Details(evaluation) },
            },
            cancellation);
        // An engine that gave neither could be taken for one that asks for nothing.
        return started.Request is null && started.Refusal is null
            ? throw new InvalidOperationException("The request that has to be approved was neither started nor refused.")
            : new GateResult(evaluation, started.Request, started.Refusal);
    }

    private Refusal? RefuseType(GateCall call)
    {
        var type = types.Of(call.RequestType);
        return type.RefuseAction(call.ActionType) ?? type.RefusePayload(call.Payload);
    }

    private CommandEnvelope Create(
        Caller caller, Origin origin, GateCall call, GateCheck check, GateEvaluation evaluation, string payloadHash, DateTimeOffset now)
    {
        var snapshot = new Snapshot
        {
            Number = 1,
            Title = call.Title ?? RequestTitle.Of(types, caller.Tenant, evaluation, call.RequestType, check),
            TitleIsMade = call.Title is null,
            Description = call.Description,
            Requester = caller.Actor,
            Payload = call.Payload,
            PayloadHash = payloadHash,
            Sensitive = evaluation.Sensitive,
            TakenAt = now,
        };
        var command = new Command.Create
        {
            By = caller.Actor,
            Tenant = caller.TenantId,
            RequestId = call.RequestId,
            Origin = call.Origin,
            RequestType = call.RequestType,
            ActionType = call.ActionType,
            Subject = call.Subject,
            PayloadHash = payloadHash,
            Policy = evaluation.Policy,
            Levels = evaluation.Levels,
            DistinctApprovers = evaluation.DistinctApprovers,
            CompleteWithin = evaluation.CompleteWithin,
            GrantValidFor = evaluation.GrantValidFor,
            Watchers = evaluation.Watchers,
            Barred = call.Barred,
            BusinessKey = BusinessKey.Of(caller.TenantId, call.ActionType, call.Subject, payloadHash, caller.Key, call.Origin),
        };
        return new CommandEnvelope
        {
            Tenant = caller.TenantId,
            RequestId = call.RequestId,
            CommandId = call.RequestId,
            Command = command,
            Origin = origin,
            Snapshot = snapshot,
            Involved = Involved.Levels(caller.Tenant, snapshot, evaluation.Levels),
        };
    }

    private static ImmutableArray<KeyValuePair<string, Value>> Details(GateEvaluation evaluation)
    {
        if (evaluation.Policy is null)
        {
            return AllowedDetails;
        }
        var details = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>(3);
        details.Add(evaluation.NeedsApproval ? new("gate", Value.From("needsApproval")) : AllowedDetails[0]);
        details.Add(new("matched", Value.List([.. evaluation.Matched.Select(policy => Value.From($"{policy.Key}@{policy.Version}"))])));
        if (evaluation.Fault is { } fault)
        {
            details.Add(new("fault", Value.From(fault)));
        }
        return details.ToImmutable();
    }
}
