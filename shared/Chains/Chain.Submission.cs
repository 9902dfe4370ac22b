using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Requests;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided Create(Command.Create create, DateTimeOffset now)
    {
        if (InvalidLevel(create.Levels) is { } fault)
        {
            return Decided.Refuse(RefusalCode.InvalidLevel, fault);
        }

        var requester = ActorRef.Of(create.By);
        var draft = new RequestState
        {
            Tenant = create.Tenant,
            Id = create.RequestId,
            Status = RequestStatus.Draft,
            Origin = create.Origin,
            RequestType = create.RequestType,
            ActionType = create.ActionType,
            Requester = requester,
            Subject = create.Subject,
            PayloadHash = create.PayloadHash,
            Policy = create.Policy,
            RequesterLevels = create.RequesterLevels,
            Levels = [.. create.Levels.Select(definition => new LevelState { Definition = definition })],
            DistinctApprovers = create.DistinctApprovers,
            CompleteWithin = create.CompleteWithin,
            GrantValidFor = create.GrantValidFor,
            CreatedAt = now,
            Watchers = create.Watchers.OrEmpty(),
            BusinessKey = create.BusinessKey,
            Barred = With(create.Barred, create.By.TokenMaker),
        };
        return Decided.Of(new ChainEvent.Requested(draft) { At = now, By = requester });
    }

    private static string? InvalidLevel(ImmutableArray<LevelDefinition> levels)
    {
        levels = levels.OrEmpty();
        return levels.Length is < 1 or > MaxLevels
            ? Phrase.With(Texts.RefusedLevelCount, MaxLevels)
            : levels.Select((level, index) => Fault(level) is { } fault ? Phrase.With(Texts.RefusedLevel, index + 1, fault) : null)
                .FirstOrDefault(fault => fault is not null);
    }

    private static Decided? InvalidPlan(ChainPlan? plan) =>
        plan is not null && InvalidLevel(plan.Levels) is { } fault ? Decided.Refuse(RefusalCode.InvalidLevel, fault) : null;

    private static string? Fault(LevelDefinition? level)
    {
        if (level is null || level.Groups.IsDefaultOrEmpty)
        {
            return Texts.RefusedNobodyAsked;
        }
        if (level.RespondWithin <= TimeSpan.Zero)
        {
            return Texts.RefusedRespondWithin;
        }
        foreach (var group in level.Groups)
        {
            if (group is null || group.Approvers.IsDefaultOrEmpty || group.Approvers.Any(string.IsNullOrWhiteSpace))
            {
                return Texts.RefusedEmptyGroup;
            }
            if (group.Strategy == Strategy.Quorum && group.Quorum is not { Amount: > 0, IsPercent: false } and not { Amount: > 0 and <= 100 })
            {
                return Texts.RefusedQuorum;
            }
        }
        return null;
    }

    private static Decided Submit(RequestState state, Command.Submit submit, DateTimeOffset now)
    {
        if (RequesterOnly(state, submit) is { } refused)
        {
            return refused;
        }
        if (state.Status != RequestStatus.Draft)
        {
            return Unfit(state, Texts.RefusedOnlyDraft);
        }
        return InvalidPlan(submit.Plan)
            ?? Decided.Of(new ChainEvent.Submitted(submit.Plan, state.Snapshot + (submit.PayloadHash is null ? 0 : 1), submit.By.TokenMaker) { At = now, By = state.Requester });
    }

    private static Decided Resubmit(RequestState state, Command.Resubmit resubmit, DateTimeOffset now)
    {
        if (RequesterOnly(state, resubmit) is { } refused)
        {
            return refused;
        }
        if (state.Status != RequestStatus.ChangesRequested)
        {
            return Unfit(state, Texts.RefusedOnlyWaitingForChanges);
        }
        if (string.IsNullOrWhiteSpace(resubmit.PayloadHash))
        {
            return Decided.Refuse(RefusalCode.ValidationFailed, Texts.RefusedNoPayload);
        }
        // The service does what it has stored, and approvers must have seen just that.
        return state.Origin == RequestOrigin.Service && resubmit.PayloadHash != state.PayloadHash
            ? Decided.Refuse(RefusalCode.ValidationFailed, Texts.RefusedServicePayload)
            : InvalidPlan(resubmit.Plan)
                ?? Decided.Of(new ChainEvent.Resubmitted(state.Snapshot + 1, resubmit.PayloadHash, resubmit.Plan, resubmit.By.TokenMaker) { At = now, By = state.Requester });
    }

    /// <summary>By the requester, or by the person for whom an agent asked.</summary>
    private static Decided Withdraw(RequestState state, Command.Withdraw withdraw, DateTimeOffset now) =>
        (state.Status == RequestStatus.Withdrawn ? Withdrawn() : null as Decided?)
        ?? (withdraw.By.Id == state.Requester.ActingFor ? HumanOnly(withdraw) : RequesterOnly(state, withdraw))
        ?? Over(state)
        ?? Decided.Of(new ChainEvent.Withdrawn(Text(withdraw.Reason)) { At = now, By = ActorRef.Of(withdraw.By) });
}
