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
    /// <param name="resolver">Sees the envelope's snapshot where it brings one: conditions look at what is being submitted.</param>
    /// <param name="submit">With <see cref="Command.Create"/>: submit the draft in the same transition.</param>
    public static async ValueTask<Transition> RunAsync(
        StoredRequest? current, CommandEnvelope envelope, DateTimeOffset now, ILevelResolver resolver, bool submit = false)
    {
        envelope = WithMaskedText(envelope, current?.Snapshot);
        var before = current?.State;
        if (envelope.SenderLeft)
        {
            return Refused(before, envelope, new(RefusalCode.NotAuthorized, Texts.RefusedLeft), now);
        }
        if (SnapshotFault(before, envelope) is { } fault)
        {
            return Refused(before, envelope, fault, now);
        }

        return Of(before, await DecideAsync(before, envelope.Command, now, resolver, submit), envelope, current?.Snapshot, now);
    }

    /// <summary>Decides only: what an orchestration does, whose history carries neither names nor payloads.</summary>
    public static async ValueTask<Outcome> DecideAsync(
        RequestState? before, Command command, DateTimeOffset now, ILevelResolver resolver, bool submit = false)
    {
        // Who may be let into a level depends on whom it means at this moment.
        if (command is Command.Routing routing && before is not null && Chain.IsOpen(before))
        {
            command = routing with { Resolution = await resolver.ResolveAsync(before, before.CurrentLevel, now) };
        }
        var outcome = await SettleAsync(before, command, now, resolver);
        if (submit && outcome.Refusal is null && !outcome.Events.IsEmpty)
        {
            var submitted = await SettleAsync(outcome.After, new Command.Submit { By = command.By }, now, resolver);
            outcome = submitted with { Events = outcome.Events.AddRange(submitted.Events) };
        }
        if (outcome.Refusal is not null || outcome.Events.IsEmpty)
        {
            return new(before, [], outcome.Refusal);
        }
        return outcome with { After = outcome.After! with { Version = (before?.Version ?? 0) + 1 } };
    }

    /// <summary>A command that could not be carried out at all, whatever it asks for: it is refused, and that is recorded.</summary>
    public static Transition GiveUp(StoredRequest? current, CommandEnvelope envelope, Refusal refusal, DateTimeOffset now) =>
        Refused(current?.State, envelope, refusal, now);

    /// <summary>Everything that an outcome changes.</summary>
    /// <param name="snapshot">The present one; the envelope's takes its place where it brings one.</param>
    public static Transition Of(RequestState? before, Outcome outcome, CommandEnvelope envelope, Snapshot? snapshot, DateTimeOffset now)
    {
        if (outcome.Refusal is { } refusal)
        {
            return Refused(before, envelope, refusal, now);
        }
        if (outcome.Events.IsEmpty)
        {
            return Nothing(before, envelope, now);
        }

        var after = outcome.After!;
        var taken = envelope.Snapshot is { } brought ? brought.WithMaskedTexts() with { Number = after.Snapshot } : null;
        return new Transition
        {
            Before = before,
            After = after,
            Events = outcome.Events,
            Audit = AuditProjection.Of(before, after, outcome.Events, envelope),
            Outbox = EventProjection.Of(after, outcome.Events, taken ?? snapshot!),
            Receipt = new Receipt(envelope.CommandId, after.Version, now, null) { Standing = Standing.Of(after) },
            Snapshot = taken,
            Involved = [.. Involvement.Added(before, after).Union(envelope.Involved, StringComparer.Ordinal)],
        };
    }

    /// <summary>Comments and reasons are shown where the payload's sensitive values are not.</summary>
    private static CommandEnvelope WithMaskedText(CommandEnvelope envelope, Snapshot? snapshot) =>
        snapshot is { Sensitive.IsEmpty: false } && CommandText.Of(envelope.Command).Text is { } text
            ? envelope with { Command = CommandText.With(envelope.Command, snapshot.Masked(text)) }
            : envelope;

    /// <summary>A command that brings a payload brings it whole, and titled; the decider itself sees only its hash.</summary>
    private static Refusal? SnapshotFault(RequestState? before, CommandEnvelope envelope)
    {
        var hash = envelope.Command switch
        {
            Command.Create create when before is null => create.PayloadHash,
            Command.Resubmit resubmit when before is not null => resubmit.PayloadHash,
            Command.Submit { PayloadHash: not null } when before is not null => before.PayloadHash,
            _ => null,
        };
        if (hash is null)
        {
            return null;
        }
        if (envelope.Snapshot is not { } snapshot || snapshot.PayloadHash != hash)
        {
            return new(RefusalCode.ValidationFailed, Texts.RefusedPayloadHash);
        }
        return string.IsNullOrWhiteSpace(snapshot.Title) || snapshot.Title.Length > Snapshot.MaxTitleLength
            ? new(RefusalCode.ValidationFailed, Phrase.With(Texts.RefusedTitleLength, Snapshot.MaxTitleLength))
            : null;
    }

    private static Transition Refused(RequestState? before, CommandEnvelope envelope, Refusal refusal, DateTimeOffset now) =>
        Nothing(before, envelope, now) with
        {
            Audit = [AuditProjection.Refused(before, envelope, refusal, now)],
            Receipt = new Receipt(envelope.CommandId, before?.Version ?? 0, now, refusal),
        };

    private static Transition Nothing(RequestState? before, CommandEnvelope envelope, DateTimeOffset now) => new()
    {
        Before = before,
        After = before,
        Events = [],
        Audit = [],
        Outbox = [],
        Receipt = new Receipt(envelope.CommandId, before?.Version ?? 0, now, null) { Standing = before is null ? null : Standing.Of(before) },
    };

    private static async ValueTask<Outcome> SettleAsync(
        RequestState? state, Command command, DateTimeOffset now, ILevelResolver resolver)
    {
        var events = ImmutableArray.CreateBuilder<ChainEvent>();
        var decided = Chain.Decide(state, command, now);
        while (decided.Refusal is null)
        {
            state = decided.After ?? decided.Events.Aggregate(state, Chain.Evolve);
            events.AddRange(decided.Events);
            if (decided.Events.IsEmpty || Chain.LevelToEnter(state!) is not { } level)
            {
                return new(state, events.DrainToImmutable(), null);
            }

            var resolution = await resolver.ResolveAsync(state!, level, now);
            var enter = new Command.EnterLevel(resolution, OrExpire: command.By.Type == ActorType.System) { By = Actor.System };
            decided = Chain.Decide(state, enter, now);
        }

        return new(state, [], decided.Refusal);
    }
}
