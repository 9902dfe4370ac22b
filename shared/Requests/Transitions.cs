using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Outbox;

namespace Approvals.Requests;

/// <summary>
/// Carries a command through the decider until the request rests: levels that come up are resolved and entered, skipped or approved
/// automatically within the same transition. The only way by which a host changes a request.
/// </summary>
public static class Transitions
{
    /// <summary>Runs a command that creates, changes or is refused.</summary>
    /// <param name="current">Null where the request does not exist yet.</param>
    /// <param name="submit">With <see cref="Command.Create"/>: submit the draft in the same transition.</param>
    public static async ValueTask<Transition> RunAsync(
        StoredRequest? current, CommandEnvelope envelope, DateTimeOffset now, ILevelResolver resolver, bool submit = false)
    {
        var before = current?.State;
        var snapshot = envelope.Snapshot ?? current?.Snapshot;
        var (after, events, refusal) = await DecideAsync(before, envelope.Command, now, resolver);
        if (submit && refusal is null)
        {
            (after, var more, refusal) = await DecideAsync(after, new Command.Submit { By = envelope.Command.By }, now, resolver);
            events = events.AddRange(more);
        }

        if (refusal is not null)
        {
            return new Transition
            {
                Before = before,
                After = before,
                Events = [],
                Audit = [AuditProjection.Refused(before, envelope, refusal, now)],
                Outbox = [],
                Receipt = new Receipt(envelope.CommandId, before?.Version ?? 0, now, refusal),
            };
        }

        if (!events.IsEmpty)
        {
            after = after! with { Version = (before?.Version ?? 0) + 1 };
        }

        return new Transition
        {
            Before = before,
            After = after,
            Events = events,
            Audit = AuditProjection.Of(before, after!, events, envelope),
            Outbox = EventProjection.Of(after!, events, snapshot!),
            Receipt = new Receipt(envelope.CommandId, after!.Version, now, null),
            Snapshot = envelope.Snapshot,
            Involved = [.. Involvement.Added(before, after).Union(envelope.Involved, StringComparer.Ordinal)],
        };
    }

    private static async ValueTask<(RequestState? After, ImmutableArray<ChainEvent> Events, Refusal? Refusal)> DecideAsync(
        RequestState? state, Command command, DateTimeOffset now, ILevelResolver resolver)
    {
        var events = ImmutableArray.CreateBuilder<ChainEvent>();
        var decided = Chain.Decide(state, command, now);
        while (decided.Refusal is null)
        {
            foreach (var happened in decided.Events)
            {
                state = Chain.Evolve(state, happened);
                events.Add(happened);
            }

            if (decided.Events.IsEmpty || Chain.LevelToEnter(state!) is not { } level)
            {
                return (state, events.ToImmutable(), null);
            }

            var resolution = await resolver.ResolveAsync(state!, level, now);
            decided = Chain.Decide(state, new Command.EnterLevel(resolution) { By = Actor.System }, now);
        }

        return (state, [], decided.Refusal);
    }
}
