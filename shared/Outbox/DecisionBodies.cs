using Approvals.Actors;
using Approvals.Chains;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Bodies of decisions.</summary>
internal static class DecisionBodies
{
    public static void LevelApproved(ref CanonicalWriter to, EventContext about, ChainEvent.LevelApproved happened)
    {
        var automatic = about.LastDecision as ChainEvent.AutoApproved;
        to.Member("approverId", Approver(about));
        to.Member("autoApproved", automatic is not null);
        to.Member("final", false);
        to.Member("level", happened.Level);
        to.Known("onBehalfOf", (about.LastDecision as ChainEvent.Approved)?.OnBehalfOf);
        to.Origin(about);
        to.Request(about);
        to.Known("rule", automatic?.Rule);
        to.Member("timestamp", happened.At);
        to.People("waitingFor", about.WaitingFor);
    }

    public static void Completed(ref CanonicalWriter to, EventContext about, ChainEvent.Completed happened)
    {
        to.Member("approverId", Approver(about));
        to.Member("final", true);
        to.Member("finalApproverId", Approver(about));
        to.Member("level", about.After.CurrentLevel);
        to.Known("onBehalfOf", (about.LastDecision as ChainEvent.Approved)?.OnBehalfOf);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", happened.At);
    }

    public static void Rejected(ref CanonicalWriter to, EventContext about, ChainEvent.Rejected happened)
    {
        to.Member("approverId", happened.By.Id);
        to.Member("level", happened.Level);
        to.Known("onBehalfOf", happened.OnBehalfOf);
        to.Origin(about);
        to.Member("reason", happened.Reason);
        to.Request(about);
        to.Member("timestamp", happened.At);
    }

    public static void ChangesRequested(ref CanonicalWriter to, EventContext about, ChainEvent.ChangesRequested happened)
    {
        to.Member("approverId", happened.By.Id);
        to.Known("comment", happened.Comment);
        to.Member("level", happened.Level);
        to.Known("onBehalfOf", happened.OnBehalfOf);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", happened.At);
    }

    public static void Overridden(ref CanonicalWriter to, EventContext about, ChainEvent.Overridden happened)
    {
        to.Member("count", happened.Count);
        to.Member("level", happened.Level);
        to.Origin(about);
        to.Member("overriddenBy", happened.By.Id);
        to.Member("reason", happened.Reason);
        to.Request(about);
        to.Member("timestamp", happened.At);
        to.People("waitingFor", about.WaitingFor);
    }

    /// <summary>Who decided last; the system where no human did (automatic or skipped levels).</summary>
    private static string Approver(EventContext about) => about.LastDecision?.By.Id ?? ActorRef.System.Id;
}
