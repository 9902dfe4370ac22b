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
            Title = $"Suggested policy: {policy.Name}",
            Summary = $"{string.Join(", ", policy.ActionTypes)} would need approval {(policy.When is { } when ? $"when {when}" : "always")}, by "
                + $"{string.Join(", then ", policy.Levels.Select(level => level.Name))}. Saved as a draft it changes nothing until its publication is approved.",
            Confidence = confidence,
            Why = [.. why, .. await EffectAsync(call, policy)],
            Provenance = [new Provenance(ProvenanceSource.Policy, policy.Key), .. provenance],
            Apply = new ApplyAction("POST", $"{ApprovalsEndpoints.Prefix}/policies", source, Actors.Roles.PolicyAdmin),
        };

    /// <summary>What it would have done with recorded calls, for those who may see them.</summary>
    private static async ValueTask<ImmutableArray<string>> EffectAsync(Call call, Policy policy)
    {
        var replaced = call.Caller.Tenant.Policies.Active.FirstOrDefault(version => version.Policy.Key == policy.Key);
        var notes = replaced is null ? ImmutableArray<string>.Empty : [$"Published, it would take the place of {policy.Key}, version {replaced.Version}."];
        if (!Simulations.MayReplay(call))
        {
            return notes;
        }
        var recorded = await call.Services.RecordedChecks.LastAsync(call.Caller.Tenant, Replayed, call.Cancellation);
        var replay = PolicySimulation.Replay(call.Caller.Tenant, policy, 0, recorded);
        return notes.Add(Effect(replay));
    }

    public static string Effect(ReplayResult replay) =>
        $"Of the last {replay.Evaluated} recorded calls it would have gated {replay.Gated}: {replay.NewlyGated} newly, {replay.NoLongerGated} no longer.";
}
