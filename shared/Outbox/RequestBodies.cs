using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>Bodies of what a request's own side does with it.</summary>
internal static class RequestBodies
{
    public static void Requested(ref CanonicalWriter to, EventContext about, ChainEvent happened)
    {
        to.BeginList("approvalLevels");
        foreach (var level in about.After.Levels)
        {
            to.Item(level.Definition.Name);
        }
        to.EndList();
        to.Origin(about);
        to.Member("payloadHash", about.After.PayloadHash);
        to.Request(about);
        to.Member("resubmitted", happened is ChainEvent.Resubmitted);
        to.BeginObject("subject");
        to.Member("id", about.After.Subject.Id);
        to.Member("type", about.After.Subject.Type);
        to.EndObject();
        to.Member("timestamp", happened.At);
        to.Member("title", about.Snapshot.Title);
        to.People("waitingFor", about.WaitingFor);
    }

    public static void Withdrawn(ref CanonicalWriter to, EventContext about, ChainEvent.Withdrawn happened)
    {
        to.People("approverIds", Involvement.Approvers(about.After));
        to.Origin(about);
        to.Known("reason", happened.Reason);
        to.Request(about);
        to.Member("timestamp", happened.At);
    }

    public static void Commented(ref CanonicalWriter to, EventContext about, ChainEvent.Commented happened)
    {
        to.Member("authorId", happened.By.Id);
        to.Member("comment", happened.Text);
        to.Member("level", about.After.CurrentLevel);
        to.Origin(about);
        to.Request(about);
        to.Member("timestamp", happened.At);
    }

    public static void Executed(ref CanonicalWriter to, EventContext about, ChainEvent.ExecutionReported happened)
    {
        to.Member("executionId", happened.ExecutionId);
        to.Origin(about);
        to.Member("outcome", happened.Outcome switch
        {
            ExecutionOutcome.Succeeded => "succeeded",
            ExecutionOutcome.Failed => "failed",
            _ => "unknown",
        });
        to.Request(about);
        to.Member("timestamp", happened.At);
    }
}
