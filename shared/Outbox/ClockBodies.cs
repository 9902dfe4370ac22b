using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Bodies of what time does to a request.</summary>
internal static class ClockBodies
{
    public static void Escalated(ref CanonicalWriter to, EventContext about, ChainEvent.Escalated happened)
    {
        to.Known("escalationTargetId", happened.Targets.FirstOrDefault()?.Person);
        to.People("escalationTargetIds", [.. happened.Targets.Select(target => target.Person)]);
        to.Member("level", happened.Level);
        to.Origin(about);
        to.Member("reason", happened.Reason);
        to.Request(about);
        to.Member("timedOut", happened.TimedOut);
        var level = about.After.Levels[happened.Level - 1].Definition;
        to.Member("timeoutHours", Value.From(BusinessTime.Length(level.RespondWithin, level.RespondWithinDays, level.Calendar).TotalHours));
        to.Member("timestamp", happened.At);
        to.People("waitingFor", about.WaitingFor);
    }

    public static void Reminded(ref CanonicalWriter to, EventContext about, ChainEvent.Reminded happened)
    {
        to.Member("dueAt", happened.DueAt);
        to.Member("level", happened.Level);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", happened.At);
        to.People("waitingFor", about.WaitingFor);
    }

    public static void Expired(ref CanonicalWriter to, EventContext about, ChainEvent.Expired happened)
    {
        to.People("approverIds", Involvement.Approvers(about.After));
        to.Member("level", happened.Level);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", happened.At);
    }

    public static void Overdue(ref CanonicalWriter to, EventContext about, ChainEvent.OverdueReported happened)
    {
        to.Member("completeWithinHours", Value.From(about.After.CompleteWithin.TotalHours));
        to.Member("level", about.After.CurrentLevel);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", happened.At);
        to.People("waitingFor", about.WaitingFor);
    }
}
