using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Requests;

namespace Approvals.Chains;

public static partial class Chain
{
    /// <summary>Applies one event. Knows no rules: what happened is taken as it is. <see cref="RequestState.Version"/> is the store's affair.</summary>
    /// <param name="state">Null before <see cref="ChainEvent.Requested"/>.</param>
    /// <exception cref="InvalidOperationException">The history is broken: it does not begin with <see cref="ChainEvent.Requested"/>.</exception>
    public static RequestState Evolve(RequestState? state, ChainEvent happened)
    {
        if (happened is ChainEvent.Requested requested)
        {
            return requested.State;
        }
        if (state is null)
        {
            throw new InvalidOperationException("A history begins with the request.");
        }

        return happened switch
        {
            ChainEvent.Submitted e => Planned(state with { Status = RequestStatus.Pending, SubmittedAt = e.At, Snapshot = e.Snapshot, Barred = With(state.Barred, e.Barred) }, e.Plan),
            ChainEvent.Resubmitted e => Restart(state, e),
            ChainEvent.LevelEntered e => state with
            {
                Status = RequestStatus.InReview,
                CurrentLevel = e.Level,
                FormerApprovers = Former(state, [state.Levels[e.Level - 1]]),
                Levels = Put(state, e.Level, Open(state.Levels[e.Level - 1], e)),
            },
            ChainEvent.LevelSkipped e => state with
            {
                Status = RequestStatus.InReview,
                CurrentLevel = e.Level,
                Levels = Skip(state, e),
            },
            ChainEvent.AutoApproved e => state with
            {
                Status = RequestStatus.InReview,
                CurrentLevel = e.Level,
                AutomaticDecisions = state.AutomaticDecisions + 1,
            },
            ChainEvent.Approved e => state with { Levels = Answer(state, e.Level, e.Person, ApproverStatus.Approved, e.Comment, e.Assurance, e) },
            ChainEvent.Rejected e => Rejected(state with { Levels = Answer(state, e.Level, e.Person, ApproverStatus.Rejected, e.Reason, e.Assurance, e) }, e),
            ChainEvent.LevelApproved e => state with { CurrentLevel = e.Level, Levels = Close(state, e.Level, LevelStatus.Approved, e.At) },
            ChainEvent.Completed e => state with
            {
                Status = RequestStatus.Approved,
                DecidedAt = e.At,
                Grant = e.GrantExpiresAt is { } expires ? new GrantState(expires) : null,
            },
            ChainEvent.ChangesRequested e => state with
            {
                Status = RequestStatus.ChangesRequested,
                Levels = Put(state, e.Level, StopClock(state.Levels[e.Level - 1])),
            },
            ChainEvent.Reminded e => state with { Levels = Put(state, e.Level, Reminded(state.Levels[e.Level - 1], e)) },
            ChainEvent.Escalated e => state with
            {
                Status = RequestStatus.Escalated,
                Levels = Put(state, e.Level, HandOver(state.Levels[e.Level - 1], e)),
            },
            ChainEvent.OverdueReported => state with { OverdueReported = true },
            ChainEvent.Reassigned e => state with { Levels = Put(state, e.Level, Reassigned(state.Levels[e.Level - 1], e)) },
            ChainEvent.ApproverAdded e => state with { Levels = Put(state, e.Level, Added(state.Levels[e.Level - 1], e)) },
            ChainEvent.GivenUp e => state with
            {
                FormerApprovers = With(state.FormerApprovers, e.Person),
                Levels = Put(state, e.Level, state.Levels[e.Level - 1] with { Groups = e.Groups }),
            },
            ChainEvent.Withdrawn e => state with { Status = RequestStatus.Withdrawn, DecidedAt = e.At },
            ChainEvent.Expired e => state with
            {
                Status = RequestStatus.Expired,
                DecidedAt = e.At,
                CurrentLevel = e.Level,
                Levels = Close(state, e.Level, LevelStatus.Expired, e.At),
            },
            ChainEvent.Overridden e => state with
            {
                Status = RequestStatus.InReview,
                DecidedAt = null,
                CurrentLevel = e.Level,
                Overrides = e.Count,
                Levels = Put(state, e.Level, Reopen(state.Levels[e.Level - 1], e)),
            },
            ChainEvent.ExecutionClaimed e => state with
            {
                Grant = state.Grant! with { Execution = new ExecutionState(e.ExecutionId, e.At, ExecutionOutcome.Claimed, null) },
            },
            ChainEvent.ExecutionReported e => state with { Grant = Reported(state.Grant!, e) },
            _ => state,
        };
    }

    private static RequestState Rejected(RequestState state, ChainEvent.Rejected rejected) => rejected.Final
        ? state with
        {
            Status = RequestStatus.Rejected,
            DecidedAt = rejected.At,
            Levels = Close(state, rejected.Level, LevelStatus.Rejected, rejected.At),
        }
        : state;

    /// <summary>A report that found no answer in time has no time of its own.</summary>
    private static GrantState Reported(GrantState grant, ChainEvent.ExecutionReported reported) => grant with
    {
        Execution = grant.Execution! with
        {
            Outcome = reported.Outcome,
            ReportedAt = reported.Outcome == ExecutionOutcome.Unknown ? null : reported.At,
        },
    };

    /// <summary>
    /// The chain begins again; its clock does too, since none ran while changes were asked for. A gated request answers for its new payload
    /// from now on, and no longer for the old one.
    /// </summary>
    private static RequestState Restart(RequestState state, ChainEvent.Resubmitted resubmitted) => Planned(state with
    {
        Status = RequestStatus.Pending,
        Snapshot = resubmitted.Snapshot,
        PayloadHash = resubmitted.PayloadHash,
        BusinessKey = state.BusinessKey is null
            ? null
            : BusinessKey.Of(state.Tenant, state.ActionType, state.Subject, resubmitted.PayloadHash, state.Requester.Key, state.Origin),
        Barred = With(state.Barred, resubmitted.Barred),
        CurrentLevel = 0,
        FormerApprovers = Former(state, state.Levels.AsSpan()),
        SubmittedAt = resubmitted.At,
        Levels = [.. state.Levels.Select(level => new LevelState { Definition = level.Definition })],
    }, resubmitted.Plan);

    /// <summary>Pinned to what the policies ask now, no level entered.</summary>
    private static RequestState Planned(RequestState state, ChainPlan? plan) => plan is null
        ? state
        : state with
        {
            Policy = plan.Policy,
            RequesterLevels = plan.RequesterLevels,
            Levels = [.. plan.Levels.Select(level => new LevelState { Definition = level })],
            DistinctApprovers = plan.DistinctApprovers,
            CompleteWithin = plan.CompleteWithin,
            GrantValidFor = plan.GrantValidFor,
            Watchers = [.. state.Watchers.Union(plan.Watchers, StringComparer.Ordinal)],
        };
}
