using System.Collections.Immutable;
using Approvals.Api;
using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Copilot.Cards;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>A policy that was read and compiled, as a card by which a policy administrator may save it as a draft. A draft gates nothing.</summary>
internal static class PolicySuggestion
{
    private const int Replayed = 500;

    /// <param name="source">The JSON that <paramref name="policy"/> was read from.</param>
    public static async ValueTask<ToolCard> CardAsync(
        Call call, Policy policy, Value source, double confidence, ImmutableArray<string> why, ImmutableArray<Provenance> provenance) => new()
        {
            Title = Phrase.With(Texts.CardSuggested, policy.Name),
            Summary = Phrase.With(
                Texts.CardSuggestedText,
                string.Join(", ", policy.ActionTypes),
                policy.When is { } when ? Phrase.With(Texts.CardWhen, when) : Texts.Always,
                string.Join(Texts.CardThen, policy.Levels.Select(level => level.Name))),
            Confidence = confidence,
            Why = [.. why, .. await EffectAsync(call, policy)],
            Provenance = [new Provenance(ProvenanceSource.Policy, policy.Key), .. provenance],
            Apply = new ApplyAction("POST", $"{ApprovalsEndpoints.Prefix}/policies", source, Actors.Roles.PolicyAdmin),
        };

    /// <summary>What it would have done with recorded calls, for those who may see them.</summary>
    private static async ValueTask<ImmutableArray<string>> EffectAsync(Call call, Policy policy)
    {
        var replaced = call.Caller.Tenant.Policies.Active.FirstOrDefault(version => version.Policy.Key == policy.Key);
        var notes = replaced is null ? ImmutableArray<string>.Empty : [Phrase.With(Texts.CardReplaces, policy.Key, replaced.Version)];
        if (!Simulations.MayReplay(call))
        {
            return notes;
        }
        var recorded = await call.Services.RecordedChecks.LastAsync(call.Caller.Tenant, Replayed, call.Cancellation);
        var replay = PolicySimulation.Replay(call.Caller.Tenant, policy, 0, recorded);
        return notes.Add(Effect(replay));
    }

    public static string Effect(ReplayResult replay) =>
        Phrase.With(Texts.CardEffect, replay.Evaluated, replay.Gated, replay.NewlyGated, replay.NoLongerGated);
}
