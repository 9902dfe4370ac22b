using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided Create(Command.Create create, DateTimeOffset now)
    {
        if (InvalidLevel(create) is { } fault)
        {
            return Decided.Refuse(RefusalCode.InvalidLevel, fault);
        }

        var requester = ActorRef.Of(create.By);
        var draft = new RequestState
        {
            Tenant = create.Tenant,
            Id = create.RequestId,
            Status = RequestStatus.Draft,
            RequestType = create.RequestType,
            ActionType = create.ActionType,
            Requester = requester,
            Subject = create.Subject,
            PayloadHash = create.PayloadHash,
            Policy = create.Policy,
            Levels = [.. create.Levels.Select(definition => new LevelState { Definition = definition })],
            DistinctApprovers = create.DistinctApprovers,
            CompleteWithin = create.CompleteWithin,
            GrantValidFor = create.GrantValidFor,
            CreatedAt = now,
            Watchers = create.Watchers.OrEmpty(),
            BusinessKey = create.BusinessKey,
        };
        return Decided.Of(new ChainEvent.Requested(draft) { At = now, By = requester });
    }

    private static string? InvalidLevel(Command.Create create)
    {
        var levels = create.Levels.OrEmpty();
        return levels.Length is < 1 or > MaxLevels
            ? $"A request needs 1 to {MaxLevels} levels."
            : levels.Select((level, index) => Fault(level) is { } fault ? $"Level {index + 1}: {fault}" : null)
                .FirstOrDefault(fault => fault is not null);
    }

    private static string? Fault(LevelDefinition? level)
    {
        if (level is null || level.Groups.IsDefaultOrEmpty)
        {
            return "nobody is asked.";
        }
        if (level.RespondWithin <= TimeSpan.Zero)
        {
            return "the time to respond is not positive.";
        }
        foreach (var group in level.Groups)
        {
            if (group is null || group.Approvers.IsDefaultOrEmpty || group.Approvers.Any(string.IsNullOrWhiteSpace))
            {
                return "a group names no approvers.";
            }
            if (group.Strategy == Strategy.Quorum && group.Quorum is not { Amount: > 0, IsPercent: false } and not { Amount: > 0 and <= 100 })
            {
                return "the quorum is not a count or a share.";
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
        return state.Status == RequestStatus.Draft
            ? Decided.Of(new ChainEvent.Submitted { At = now, By = state.Requester })
            : Unfit(state, "a draft");
    }

    private static Decided Resubmit(RequestState state, Command.Resubmit resubmit, DateTimeOffset now)
    {
        if (RequesterOnly(state, resubmit) is { } refused)
        {
            return refused;
        }
        if (state.Status != RequestStatus.ChangesRequested)
        {
            return Unfit(state, "waiting for changes");
        }
        return string.IsNullOrWhiteSpace(resubmit.PayloadHash)
            ? Decided.Refuse(RefusalCode.ValidationFailed, "A resubmission needs a payload.")
            : Decided.Of(new ChainEvent.Resubmitted(state.Snapshot + 1, resubmit.PayloadHash) { At = now, By = state.Requester });
    }

    private static Decided Withdraw(RequestState state, Command.Withdraw withdraw, DateTimeOffset now) =>
        (state.Status == RequestStatus.Withdrawn ? Withdrawn() : null as Decided?)
        ?? RequesterOnly(state, withdraw)
        ?? Over(state)
        ?? Decided.Of(new ChainEvent.Withdrawn(Text(withdraw.Reason)) { At = now, By = state.Requester });
}
