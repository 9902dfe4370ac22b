using Approvals.Chains.State;

namespace Approvals.Chains.Sla;

/// <summary>The next moment at which time alone changes a request.</summary>
public static class Schedule
{
    /// <summary>
    /// The earliest due item, or null where nothing is due any more. Carrying it out at or after its time always changes the state,
    /// so a host that acts on it and asks again comes to an end.
    /// </summary>
    public static DueItem? Next(RequestState state)
    {
        DueItem? next = null;
        Consider(ref next, RemindAt(state), DueKind.Remind);
        Consider(ref next, TimeOutAt(state), DueKind.TimeOut);
        Consider(ref next, OverdueAt(state), DueKind.Overdue);
        Consider(ref next, AbandonedAt(state), DueKind.AbandonExecution);
        return next;
    }

    internal static DateTimeOffset? TimeOutAt(RequestState state) => Chain.IsOpen(state) ? Chain.CurrentLevel(state)!.DueAt : null;

    /// <summary>No clock runs before the submission, while changes are asked for, or after the end.</summary>
    internal static DateTimeOffset? OverdueAt(RequestState state) =>
        state is { OverdueReported: false, SubmittedAt: { } submitted, Status: RequestStatus.Pending or RequestStatus.InReview or RequestStatus.Escalated }
            ? BusinessTime.Add(submitted, state.CompleteWithin, null)
            : null;

    internal static DateTimeOffset? AbandonedAt(RequestState state) =>
        state is { Status: RequestStatus.Approved, Grant.Execution: { Outcome: ExecutionOutcome.Claimed } execution }
            ? BusinessTime.Add(execution.ClaimedAt, Chain.ReportWithin, null)
            : null;

    private static DateTimeOffset? RemindAt(RequestState state) =>
        TimeOutAt(state) is not null && Chain.CurrentLevel(state)!.RemindersDue is { IsDefaultOrEmpty: false } reminders ? reminders[0] : null;

    private static void Consider(ref DueItem? next, DateTimeOffset? at, DueKind kind)
    {
        if (at is { } time && (next is null || time < next.Value.At))
        {
            next = new(time, kind);
        }
    }
}
