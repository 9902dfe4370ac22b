using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains.State;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Types;

/// <summary>
/// Runs what follows from final approvals, after their commit and with the outbox's retries; each result is an entry on the request's chain.
/// An effect whose success the trail has is not run again.
/// </summary>
public sealed class SideEffectConsumer(
    ApprovalTypes types, IReadOnlyList<ISideEffect> effects, IRequestStore requests, IRequestEngine engine, TimeProvider time) : IOutboxConsumer
{
    private const int Concurrency = 8;

    public string Name => "side-effects";

    public bool FromTheBeginning => true;

    /// <summary>Short enough that nobody waits for it.</summary>
    public TimeSpan Gather => TimeSpan.FromMilliseconds(50);

    public bool Wants(OutboxEvent happened) => happened.Type == EventType.Approved && new EventFacts(happened).Is("final");

    public ValueTask<ImmutableArray<DeliveryResult>> DeliverAsync(ImmutableArray<OutboxRecord> records, CancellationToken cancellation) =>
        PerRequest.DeliverAsync(records, Concurrency, (record, token) => RunAsync(record.Event, token), cancellation);

    public async ValueTask GaveUpAsync(OutboxEvent happened, string? error, CancellationToken cancellation)
    {
        if (await requests.FindAsync(happened, cancellation) is { } request)
        {
            await RecordAsync(happened, request, AuditOutcome.Failed, error, [], cancellation);
        }
    }

    /// <summary>Runs every effect that has not succeeded yet; one that fails does not keep the others from running.</summary>
    private async ValueTask<DeliveryResult> RunAsync(OutboxEvent happened, CancellationToken cancellation)
    {
        if (await requests.FindAsync(happened, cancellation) is not { } request)
        {
            return DeliveryResult.Delivered;
        }

        var type = types.Of(request.State.RequestType);
        var following = effects.Where(effect => effect.Follows(type)).ToArray();
        if (following.Length == 0 || !HasForce(request.State, type))
        {
            return DeliveryResult.Delivered;
        }

        var trail = await ApprovalTrail.ReadAsync(requests, happened, cancellation);
        var approved = new ApprovedRequest(type, happened, request, trail.Inputs);
        var answer = DeliveryResult.Delivered;
        foreach (var effect in following.Where(effect => !trail.Done.Contains(effect.Name)))
        {
            var result = await effect.RunAsync(approved, cancellation);
            if (result.Outcome == DeliveryOutcome.Delivered)
            {
                await RecordAsync(happened, request, AuditOutcome.Ok, null, Facts(effect, trail), cancellation);
            }
            else if (answer.Outcome != DeliveryOutcome.Retry)
            {
                answer = result with { Error = $"{effect.Name}: {result.Error}" };
            }
        }

        return answer;
    }

    /// <summary>
    /// Whether the approval is by whom the tenant asks about this type. It is not where the type came to its effect after the requester had chosen who
    /// approves, or under which action type.
    /// </summary>
    private static bool HasForce(RequestState state, ApprovalType type) => !state.RequesterLevels && state.ActionType == type.ActionFor(state.RequestType);

    private ValueTask RecordAsync(
        OutboxEvent happened,
        StoredRequest request,
        string outcome,
        string? reason,
        ImmutableArray<KeyValuePair<string, Value>> facts,
        CancellationToken cancellation) => engine.RecordAsync(
            [
                new AuditDraft
                {
                    Tenant = happened.Tenant,
                    At = time.GetUtcNow(),
                    Actor = Actor.System,
                    Action = AuditAction.SideEffect,
                    Subject = request.State.Subject,
                    RequestId = happened.RequestId,
                    ActionType = request.State.ActionType,
                    Outcome = outcome,
                    Reason = reason,
                    Details = [.. facts, new(ApprovalTrail.Event, Value.From(happened.Id))],
                },
            ],
            cancellation);

    private static ImmutableArray<KeyValuePair<string, Value>> Facts(ISideEffect effect, ApprovalTrail trail)
    {
        var names = trail.Inputs.SelectMany(input => DecisionInputs.NamesIn(input.Input)).Select(Value.From).ToArray();
        KeyValuePair<string, Value> name = new(ApprovalTrail.Effect, Value.From(effect.Name));
        return names.Length == 0 ? [name] : [name, new("vault", Value.List(names))];
    }
}
