using Approvals.Actors;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    private static Decided ClaimGrant(RequestState state, Command.ClaimGrant claim, DateTimeOffset now)
    {
        if ((GateOnly(state) ?? RequesterOnly(state, claim)) is { } refused)
        {
            return refused;
        }
        if (state.Status != RequestStatus.Approved || state.Grant is not { } grant)
        {
            return state.Status switch
            {
                RequestStatus.Rejected => Decided.Refuse(RefusalCode.Denied, Texts.RefusedRejected),
                RequestStatus.Expired => Decided.Refuse(RefusalCode.Timeout, Texts.RefusedExpired),
                _ => Unfit(state, Texts.RefusedOnlyApproved),
            };
        }
        if (claim.PayloadHash != state.PayloadHash)
        {
            return Decided.Refuse(RefusalCode.PayloadChanged, Texts.RefusedPayloadChanged);
        }
        if (grant.Execution is { } execution)
        {
            return execution.Id == claim.ExecutionId
                ? Decided.Of()
                : Decided.Refuse(RefusalCode.AlreadyExecuted, Texts.RefusedUsed);
        }
        return now < grant.ExpiresAt
            ? Decided.Of(new ChainEvent.ExecutionClaimed(claim.ExecutionId) { At = now, By = state.Requester })
            : Decided.Refuse(RefusalCode.GrantExpired, Texts.RefusedNotUsedInTime);
    }

    private static Decided ReportExecution(RequestState state, Command.ReportExecution report, DateTimeOffset now)
    {
        if ((GateOnly(state) ?? RequesterOnly(state, report)) is { } refused)
        {
            return refused;
        }
        if (state.Grant?.Execution is not { } execution)
        {
            return state.Status == RequestStatus.Withdrawn
                ? Withdrawn()
                : Decided.Refuse(RefusalCode.InvalidState, Texts.RefusedNoClaim);
        }
        if (execution.Id != report.ExecutionId)
        {
            return Decided.Refuse(RefusalCode.NotFound, Texts.RefusedNoExecution);
        }

        var outcome = report.Succeeded ? ExecutionOutcome.Succeeded : ExecutionOutcome.Failed;
        if (execution.Outcome == outcome)
        {
            return Decided.Of();
        }
        return execution.Outcome is ExecutionOutcome.Claimed or ExecutionOutcome.Unknown
            ? Decided.Of(new ChainEvent.ExecutionReported(execution.Id, outcome) { At = now, By = state.Requester })
            : Decided.Refuse(RefusalCode.AlreadyExecuted, Texts.RefusedOtherOutcome);
    }

    private static Decided AbandonExecution(RequestState state, Command.AbandonExecution abandon, DateTimeOffset now) =>
        SystemOnly(abandon)
        ?? (Sla.Schedule.AbandonedAt(state) <= now
            ? Decided.Of(new ChainEvent.ExecutionReported(state.Grant!.Execution!.Id, ExecutionOutcome.Unknown) { At = now, By = ActorRef.System })
            : Decided.Of());
}
