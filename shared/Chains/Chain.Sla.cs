using Approvals.Actors;
using Approvals.Chains.Levels;
using Approvals.Chains.Sla;
using Approvals.Chains.State;

namespace Approvals.Chains;

public static partial class Chain
{
    internal const string NobodyToApprove = "nobody to approve";
    internal const string NoResponse = "No response in time";
    internal const string AutoApprovedOnTimeout = "auto-approved on timeout";

    // A timer that comes early, late or twice finds nothing to do: no events, no refusal.

    private static Decided Remind(RequestState state, Command.Remind remind, DateTimeOffset now) =>
        SystemOnly(remind)
        ?? (IsOpen(state) && CurrentLevel(state) is { DueAt: { } due } level && level.RemindersDue.OrEmpty().Any(at => at <= now)
            ? Decided.Of(new ChainEvent.Reminded(state.CurrentLevel, due) { At = now, By = ActorRef.System })
            : Decided.Of());

    private static Decided ReportOverdue(RequestState state, Command.ReportOverdue overdue, DateTimeOffset now) =>
        SystemOnly(overdue)
        ?? (Schedule.OverdueAt(state) <= now
            ? Decided.Of(new ChainEvent.OverdueReported { At = now, By = ActorRef.System })
            : Decided.Of());

    private static Decided TimeOut(RequestState state, Command.TimeOut timeOut, DateTimeOffset now)
    {
        if (SystemOnly(timeOut) is { } refused)
        {
            return refused;
        }
        if (!IsOpen(state) || timeOut.Resolution?.Level != state.CurrentLevel
            || CurrentLevel(state) is not { DueAt: { } due } level || now < due)
        {
            return Decided.Of();
        }

        var course = new Course(state, now);
        var targets = new List<Candidate>();
        new Eligibility(state, state.CurrentLevel).AddTo(targets, timeOut.Resolution.EscalationTargets);
        switch (level.Definition.OnTimeout)
        {
            case TimeoutAction.Reject:
                course.Add(new ChainEvent.Rejected(state.CurrentLevel, ActorRef.System.Id, null, NoResponse, Final: true)
                { At = now, By = ActorRef.System });
                break;
            case TimeoutAction.AutoApprove when MayDecideAutomatically(state, level.Definition):
                course.Add(new ChainEvent.AutoApproved(state.CurrentLevel, AutoApprovedOnTimeout) { At = now, By = ActorRef.System });
                course.PassLevel();
                break;
            case not TimeoutAction.Expire when targets.Count > 0 && level.Escalations < level.Definition.MaxEscalations:
                Escalate(course, level, targets);
                break;
            default:
                course.Add(new ChainEvent.Expired(state.CurrentLevel) { At = now, By = ActorRef.System });
                break;
        }
        return course.Decided();
    }

    /// <summary>The targets take the level over; one of them is enough. Answers given before stay in the history.</summary>
    private static void Escalate(Course course, LevelState level, List<Candidate> targets)
    {
        var group = new GroupState { Strategy = Strategy.Any, Approvers = Staffing.Places(targets) };
        course.Add(new ChainEvent.Escalated(course.State.CurrentLevel, [.. targets], NoResponse, TimedOut: true)
        { At = course.Now, By = ActorRef.System });
        course.Add(Entered(course.State.CurrentLevel, level.Definition, [group], null, course.Now));
    }
}
