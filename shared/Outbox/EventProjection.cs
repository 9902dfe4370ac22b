using System.Collections.Immutable;
using System.Globalization;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>The events that leave the service for a transition, in order.</summary>
public static class EventProjection
{
    private delegate void Body<in T>(ref CanonicalWriter to, EventContext about, T happened);

    public static ImmutableArray<OutboxEvent> Of(RequestState after, ImmutableArray<ChainEvent> events, Snapshot snapshot)
    {
        var about = new EventContext(after, snapshot);
        var made = ImmutableArray.CreateBuilder<OutboxEvent>();
        foreach (var happened in events)
        {
            Project(made, about, happened);
            about.Follow(happened);
        }
        return made.DrainToImmutable();
    }

    private static void Project(ImmutableArray<OutboxEvent>.Builder made, EventContext about, ChainEvent happened)
    {
        switch (happened)
        {
            case ChainEvent.Submitted or ChainEvent.Resubmitted:
                Add(made, about, EventType.Requested, happened, RequestBodies.Requested);
                break;
            case ChainEvent.LevelEntered e:
                foreach (var place in e.Groups.SelectMany(group => group.Approvers).Where(place => place.RoutedTo is not null))
                {
                    Delegated(made, about, new(e.Level, place.Person, place.RoutedTo!, e.At));
                }
                break;
            case ChainEvent.Approved { OnBehalfOf: { } person } e when !about.WasRouted(e.Level, person, e.By.Id):
                Delegated(made, about, new(e.Level, person, e.By.Id, e.At));
                break;
            case ChainEvent.Rejected e:
                if (e.OnBehalfOf is { } rejecter && !about.WasRouted(e.Level, rejecter, e.By.Id))
                {
                    Delegated(made, about, new(e.Level, rejecter, e.By.Id, e.At));
                }
                if (e.Final)
                {
                    Add(made, about, EventType.Rejected, e, DecisionBodies.Rejected);
                }
                break;
            case ChainEvent.LevelApproved e:
                Add(made, about, EventType.Approved, e, DecisionBodies.LevelApproved);
                break;
            case ChainEvent.Completed e:
                Add(made, about, EventType.Approved, e, DecisionBodies.Completed);
                break;
            case ChainEvent.ChangesRequested e:
                Add(made, about, EventType.ChangesRequested, e, DecisionBodies.ChangesRequested);
                break;
            case ChainEvent.Escalated e:
                Add(made, about, EventType.Escalated, e, ClockBodies.Escalated);
                break;
            case ChainEvent.Reminded e:
                Add(made, about, EventType.Reminded, e, ClockBodies.Reminded);
                break;
            case ChainEvent.Expired e:
                Add(made, about, EventType.Expired, e, ClockBodies.Expired);
                break;
            case ChainEvent.OverdueReported e:
                Add(made, about, EventType.Overdue, e, ClockBodies.Overdue);
                break;
            case ChainEvent.Reassigned e:
                Assigned(made, about, new(e.Level, e.From, e.To, e.Reason, e.By.Id, e.At));
                break;
            case ChainEvent.ApproverAdded e:
                Assigned(made, about, new(e.Level, null, e.To, e.Reason, e.By.Id, e.At));
                break;
            case ChainEvent.GivenUp e:
                foreach (var candidate in e.Added)
                {
                    Assigned(made, about, new(e.Level, e.Person, candidate, Chain.NoLongerThere, e.By.Id, e.At));
                }
                break;
            case ChainEvent.Commented e:
                Add(made, about, EventType.CommentAdded, e, RequestBodies.Commented);
                break;
            case ChainEvent.Withdrawn e:
                Add(made, about, EventType.Withdrawn, e, RequestBodies.Withdrawn);
                break;
            case ChainEvent.Overridden e:
                Add(made, about, EventType.Overridden, e, DecisionBodies.Overridden);
                if (e.Count > Chain.MaxOverridesWithoutAlert)
                {
                    Add(made, about, EventType.OverrideAlert, e, DecisionBodies.Overridden);
                }
                break;
            case ChainEvent.ExecutionReported e:
                Add(made, about, EventType.Executed, e, RequestBodies.Executed);
                break;
            default:
                // The rest is for the trail alone.
                break;
        }
    }

    private static void Delegated(ImmutableArray<OutboxEvent>.Builder made, EventContext about, RouteBodies.Route route) =>
        Add(made, about, EventType.Delegated, route, RouteBodies.Delegated, route.At);

    private static void Assigned(ImmutableArray<OutboxEvent>.Builder made, EventContext about, RouteBodies.Assignment assignment)
    {
        Add(made, about, EventType.Assigned, assignment, RouteBodies.Assigned, assignment.At);
        if (assignment.To.RoutedTo is { } routedTo)
        {
            Delegated(made, about, new(assignment.Level, assignment.To.Person, routedTo, assignment.At));
        }
    }

    private static void Add<T>(ImmutableArray<OutboxEvent>.Builder made, EventContext about, string type, T happened, Body<T> body)
        where T : ChainEvent => Add(made, about, type, happened, body, happened.At);

    private static void Add<T>(ImmutableArray<OutboxEvent>.Builder made, EventContext about, string type, T happened, Body<T> body, DateTimeOffset at)
    {
        using var output = PooledOutput.Rent();
        var to = new CanonicalWriter(output);
        to.BeginObject();
        // In every body, and the first in order: who subscribes to some actions only must not miss the other events of theirs.
        to.Member("actionType", about.After.ActionType);
        body(ref to, about, happened);
        to.EndObject();
        to.Flush();
        made.Add(new OutboxEvent
        {
            // Stable over retries: the same transition makes the same events.
            Id = EventId.Of(about.After.Id, about.After.Version, made.Count),
            Tenant = about.After.Tenant,
            RequestId = about.After.Id,
            Type = type,
            Time = at,
            Body = output.Written.ToArray(),
        });
    }
}
