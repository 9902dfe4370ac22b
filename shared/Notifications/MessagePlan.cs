using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Tenants;
using Authority = Approvals.Delegations.Authority;

namespace Approvals.Notifications;

/// <summary>Says who is told what of an event: a function of the event, the request and the tenant's people.</summary>
public static class MessagePlan
{
    /// <summary>One message a person at most; whoever did it is not told of it.</summary>
    /// <param name="request">Null for events about no request.</param>
    public static ImmutableArray<Message> Of(OutboxEvent happened, StoredRequest? request, TenantSnapshot tenant)
    {
        var facts = new EventFacts(happened);
        if (happened.Type == EventType.DelegationChanged)
        {
            return DelegationMessages.Of(facts, tenant);
        }

        if (happened.Type == EventType.DirectoryChanged)
        {
            return DirectoryMessages.Of(facts, tenant);
        }

        if (request is null)
        {
            return [];
        }

        var plan = new MessageList(facts, request, tenant);
        Fill(plan, facts, request, tenant);
        return plan.ToImmutable();
    }

    /// <summary>Kinds that pass quiet hours and digests.</summary>
    public static bool IsUrgent(string kind) => kind is EventType.Escalated or EventType.OverrideAlert or EventType.Overdue;

    private static void Fill(MessageList plan, EventFacts facts, StoredRequest request, TenantSnapshot tenant)
    {
        var requester = request.State.Requester.Id;
        switch (facts.Event.Type)
        {
            case EventType.Requested:
                plan.Ask(facts.People("waitingFor"), from: 1, Wording.Needed);
                break;
            case EventType.Approved when facts.Is("final"):
                plan.Tell([requester], facts.Text("finalApproverId"), Wording.Approved);
                break;
            case EventType.Approved:
                // A level that was approved on the way, within the transition that asked, has its people asked by that one's event.
                if (!facts.Is("autoApproved") || facts.Text("rule") == Chain.AutoApprovedOnTimeout)
                {
                    plan.Ask(facts.People("waitingFor"), facts.Level + 1, Wording.Needed);
                }

                break;
            case EventType.Rejected:
                plan.Tell([requester], facts.Text("approverId"), Wording.Rejected);
                break;
            case EventType.ChangesRequested:
                plan.Tell([requester], facts.Text("approverId"), Wording.ChangesRequested);
                break;
            case EventType.Escalated:
                if (facts.Is("timedOut"))
                {
                    plan.Ask(facts.People("waitingFor"), facts.Level, Wording.EscalatedToYou);
                }

                plan.Tell([requester], null, Wording.Escalated);
                break;
            case EventType.Delegated:
                plan.Tell([facts.Text("fromApproverId")], facts.Text("toDelegateId"), Wording.Delegated);
                return;
            case EventType.Assigned:
                plan.Ask([facts.Text("routedTo") ?? facts.Text("approverId")], facts.Level, Wording.Needed);
                plan.Tell([facts.Text("fromApproverId")], facts.Text("assignedBy"), Wording.Reassigned);
                return;
            case EventType.Reminded:
                plan.Ask(facts.People("waitingFor"), facts.Level, Wording.Reminder);
                return;
            case EventType.Withdrawn:
                plan.Tell(facts.People("approverIds"), requester, Wording.Withdrawn);
                break;
            case EventType.Expired:
                plan.Tell([requester, .. facts.People("approverIds")], null, Wording.Expired);
                break;
            case EventType.Overridden:
                plan.Ask(facts.People("waitingFor"), facts.Level, Wording.OpenAgain);
                plan.Tell([requester], facts.Text("overriddenBy"), Wording.Overridden);
                break;
            case EventType.OverrideAlert:
                plan.Tell(Administrators(tenant), null, Wording.OverrideAlert);
                return;
            case EventType.Overdue:
                plan.Tell(Administrators(tenant), null, Wording.Overdue);
                return;
            case EventType.Executed:
                plan.Tell([requester], null, Wording.Executed);
                if (facts.Text("outcome") == "unknown")
                {
                    plan.Tell(Administrators(tenant), null, Wording.Executed);
                }

                break;
            case EventType.CommentAdded:
                plan.Tell([requester, .. Authority.Asked(tenant, request.State, facts.Event.Time)], facts.Text("authorId"), Wording.Commented);
                break;
            default:
                return;
        }

        plan.Tell(request.State.Watchers, facts.Text("approverId") ?? facts.Text("authorId"), Wording.Watched);
    }

    private static IEnumerable<string> Administrators(TenantSnapshot tenant) => tenant.Directory.InRole(Roles.Admin).Select(person => person.Id);
}
