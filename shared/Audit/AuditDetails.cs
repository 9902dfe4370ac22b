using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;
using Details = System.Collections.Immutable.ImmutableArray<System.Collections.Generic.KeyValuePair<string, Approvals.Values.Value>>;

namespace Approvals.Audit;

/// <summary>The further facts of an event's entry, in the order of their names.</summary>
internal static class AuditDetails
{
    public static Details Of(ChainEvent happened) => happened switch
    {
        ChainEvent.Requested e => Facts(("levels", Value.From((long)e.State.Levels.Length)), ("origin", Value.From(EnumWords<RequestOrigin>.Of(e.State.Origin).Value)), ("snapshot", Value.From((long)e.State.Snapshot))),
        ChainEvent.Submitted { Plan: { } plan } e => Facts(Levels(plan), ("snapshot", Value.From((long)e.Snapshot))),
        ChainEvent.Resubmitted e => Facts(Levels(e.Plan), ("snapshot", Value.From((long)e.Snapshot))),
        ChainEvent.LevelEntered e => Facts(
            ("approvers", Approvers(e.Groups)), ("conditionFault", Value.From(e.ConditionFault)), ("dueAt", Value.From(e.DueAt)), Number(e.Level)),
        ChainEvent.LevelSkipped { Fallback: not null } e => Facts(("fallback", Value.True), Number(e.Level)),
        ChainEvent.LevelSkipped e => Level(e.Level),
        ChainEvent.AutoApproved e => Facts(Number(e.Level), ("rule", Value.From(e.Rule))),
        ChainEvent.Approved { Input: { } input } e => Facts(("input", JsonText.Parse(input)), Number(e.Level)),
        ChainEvent.Approved e => Level(e.Level),
        ChainEvent.Rejected e => Facts(("final", Value.From(e.Final)), Number(e.Level)),
        ChainEvent.LevelApproved e => Level(e.Level),
        ChainEvent.Completed { GrantExpiresAt: { } expires } => Facts(("grantExpiresAt", Value.From(expires))),
        ChainEvent.ChangesRequested e => Level(e.Level),
        ChainEvent.Reminded e => Facts(("dueAt", Value.From(e.DueAt)), Number(e.Level)),
        ChainEvent.Escalated e => Facts(Number(e.Level), ("targets", People(e.Targets)), ("timedOut", Value.From(e.TimedOut))),
        ChainEvent.Reassigned e => Facts(("from", Value.From(e.From)), Number(e.Level), ("raised", Raised(!e.RaisedIn.IsEmpty)), ("to", Value.From(e.To.Person)), Routed(e.To)),
        ChainEvent.GivenUp e => Facts(("from", Value.From(e.Person)), Number(e.Level), ("targets", People(e.Added))),
        ChainEvent.ApproverAdded e => Facts(Number(e.Level), ("raised", Raised(e.Raised)), ("to", Value.From(e.To.Person)), Routed(e.To)),
        ChainEvent.Expired e => Level(e.Level),
        ChainEvent.Overridden e => Facts(("count", Value.From((long)e.Count)), ("dueAt", Value.From(e.DueAt)), Number(e.Level)),
        ChainEvent.ExecutionClaimed e => Facts(("executionId", Value.From(e.ExecutionId))),
        ChainEvent.ExecutionReported e => Facts(
            ("executionId", Value.From(e.ExecutionId)), ("result", Value.From(Word(e.Outcome)))),
        _ => [],
    };

    public static Details Level(int level) => level > 0 ? Facts(Number(level)) : [];

    private static (string, Value) Levels(ChainPlan? plan) => ("levels", plan is null ? Value.Null : Value.From((long)plan.Levels.Length));

    private static (string, Value) Number(int level) => ("level", Value.From((long)level));

    /// <summary>Said only where it holds: one approval more is needed, for somebody whom the level does not name.</summary>
    private static Value Raised(bool raised) => raised ? Value.From(true) : Value.Null;

    private static (string, Value) Routed(Candidate to) => ("toDelegate", Value.From(to.RoutedTo));

    /// <summary>Facts that are null are left out.</summary>
    private static Details Facts(params ReadOnlySpan<(string Name, Value Value)> facts)
    {
        var details = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>(facts.Length);
        foreach (var (name, value) in facts)
        {
            if (!value.IsNull)
            {
                details.Add(new(name, value));
            }
        }
        return details.DrainToImmutable();
    }

    /// <summary>"ana", or "ana (bo)" where bo is asked for ana.</summary>
    private static Value Approvers(ImmutableArray<GroupState> groups) => Value.List(
        groups.SelectMany(group => group.Approvers).Select(place => Asked(place.Person, place.RoutedTo)).ToArray());

    private static Value People(ImmutableArray<Candidate> people) =>
        Value.List(people.Select(person => Asked(person.Person, person.RoutedTo)).ToArray());

    private static Value Asked(string person, string? routedTo) => Value.From(routedTo is null ? person : $"{person} ({routedTo})");

    private static string Word(ExecutionOutcome outcome) => outcome switch
    {
        ExecutionOutcome.Claimed => "claimed",
        ExecutionOutcome.Succeeded => "succeeded",
        ExecutionOutcome.Failed => "failed",
        _ => "unknown",
    };
}
