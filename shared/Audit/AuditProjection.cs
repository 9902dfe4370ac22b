using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>What the trail says of a transition: one entry an event, in order; one entry for a refusal.</summary>
public static class AuditProjection
{
    private static readonly KeyValuePair<string, Value> Principal = new("principal", Value.From(true));

    public static ImmutableArray<AuditDraft> Of(
        RequestState? before, RequestState after, ImmutableArray<ChainEvent> events, CommandEnvelope envelope)
    {
        var entries = ImmutableArray.CreateBuilder<AuditDraft>(events.Length);
        foreach (var happened in events)
        {
            entries.Add(Entry(after, happened, envelope));
        }
        return entries.MoveToImmutable();
    }

    /// <summary>The command's own word, refused. Where there is no request, the entry belongs to the tenant's chain.</summary>
    public static AuditDraft Refused(RequestState? before, CommandEnvelope envelope, Refusal refusal, DateTimeOffset now)
    {
        var create = before is null ? envelope.Command as Command.Create : null;
        return new AuditDraft
        {
            Tenant = envelope.Tenant,
            At = now,
            Actor = envelope.Command.By,
            Action = AuditWords.Of(envelope.Command),
            Subject = before?.Subject ?? create?.Subject,
            RequestId = before?.Id,
            ActionType = before?.ActionType ?? create?.ActionType,
            Policy = before?.Policy ?? create?.Policy,
            PayloadHash = create?.PayloadHash ?? Named(envelope.Command),
            Outcome = AuditOutcome.Refused,
            Code = refusal.Code,
            Reason = refusal.Detail,
            Details = before is null ? [new("requestId", Value.From(envelope.RequestId))] : AuditDetails.Level(before.CurrentLevel),
            Origin = envelope.Origin,
        };
    }

    /// <summary>The payload that a refused command was about, as its sender named it.</summary>
    private static string? Named(Command command) => command switch
    {
        Command.ClaimGrant claim => claim.PayloadHash,
        Command.Decision decision => decision.PayloadHash,
        _ => null,
    };

    private static AuditDraft Entry(RequestState after, ChainEvent happened, CommandEnvelope envelope)
    {
        var (onBehalfOf, reason, hash) = Said(after, happened);
        return new AuditDraft
        {
            Tenant = after.Tenant,
            At = happened.At,
            Actor = Who(happened.By, envelope.Command.By),
            OnBehalfOf = onBehalfOf,
            Action = AuditWords.Of(happened),
            Subject = after.Subject,
            RequestId = after.Id,
            ActionType = after.ActionType,
            Policy = after.Policy,
            PayloadHash = hash,
            Outcome = happened is ChainEvent.ExecutionReported { Outcome: ExecutionOutcome.Failed } ? AuditOutcome.Failed : AuditOutcome.Ok,
            Reason = reason,
            Details = AsPrincipal(after, happened) ? [.. AuditDetails.Of(happened), Principal] : AuditDetails.Of(happened),
            Origin = envelope.Origin,
        };
    }

    /// <summary>Whether somebody confirmed or refused what their own agent had asked for, as the policy let them. The name comes last in every decision's details.</summary>
    private static bool AsPrincipal(RequestState after, ChainEvent happened) => after.Requester.ActingFor is { } principal
        && happened is ChainEvent.Approved or ChainEvent.Rejected or ChainEvent.ChangesRequested && happened.By.Id == principal;

    /// <summary>Decisions and claims are tied to the payload that they are about.</summary>
    private static (string? OnBehalfOf, string? Reason, string? PayloadHash) Said(RequestState after, ChainEvent happened) => happened switch
    {
        ChainEvent.Requested e => (null, null, e.State.PayloadHash),
        ChainEvent.Resubmitted e => (null, null, e.PayloadHash),
        ChainEvent.Approved e => (e.OnBehalfOf, e.Comment, after.PayloadHash),
        ChainEvent.Rejected e => (e.OnBehalfOf, e.Reason, after.PayloadHash),
        ChainEvent.ChangesRequested e => (e.OnBehalfOf, e.Comment, after.PayloadHash),
        ChainEvent.AutoApproved e => (null, e.Rule, after.PayloadHash),
        ChainEvent.Completed => (null, null, after.PayloadHash),
        ChainEvent.ExecutionClaimed => (null, null, after.PayloadHash),
        ChainEvent.Escalated e => (null, e.Reason, null),
        ChainEvent.Reassigned e => (null, e.Reason, null),
        ChainEvent.ApproverAdded e => (null, e.Reason, null),
        ChainEvent.GivenUp => (null, Chain.NoLongerThere, null),
        ChainEvent.Commented e => (null, e.Text, null),
        ChainEvent.Withdrawn e => (null, e.Reason, null),
        ChainEvent.Overridden e => (null, e.Reason, null),
        ChainEvent.LevelEntered e => (null, e.ConditionFault, null),
        _ => default,
    };

    private static Actor Who(ActorRef by, Actor caller)
    {
        if (ActorRef.Of(caller) == by)
        {
            return caller;
        }
        return by == ActorRef.System ? Actor.System : new Actor { Id = by.Id, Type = by.Type, Name = by.Id };
    }
}
