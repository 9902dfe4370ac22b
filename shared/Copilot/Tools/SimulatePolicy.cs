using System.Globalization;
using Approvals.Api;
using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Copilot.Cards;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>Tries a policy, draft or stored, on one call or on recorded ones. Changes nothing.</summary>
internal sealed class SimulatePolicy : ICopilotTool
{
    private const int Shown = 10;

    public string Name => "simulate_policy";

    public string Description =>
        "Try a policy, as a draft (policy) or a stored one (key, version), on one call (input) or on the last recorded gate calls (replay: {last}), and say what "
        + "it would have gated, at which level, and why. Changes nothing.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "policy": { "type": "object", "description": "A draft as POST /policies takes it." },
            "key": { "type": "string", "description": "A stored policy, in place of a draft." },
            "version": { "type": "integer", "minimum": 1 },
            "input": { "type": "object", "properties": {
                "actionType": { "type": "string" },
                "actor": { "type": ["string", "object"], "description": "Somebody of the directory by id; the caller where left out." },
                "subject": { "type": "object", "properties": { "type": { "type": "string" }, "id": { "type": "string" } }, "required": ["type", "id"] },
                "payload": { "type": "object" } }, "required": ["payload"] },
            "replay": { "type": "object", "properties": { "last": { "type": "integer", "minimum": 1, "maximum": 1000 } } } } }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var simulated = await Simulations.RunAsync(call, arguments);
        if (simulated is not { Refusal: null, Policy: { } policy })
        {
            return ToolAnswer.Refuse(simulated.Refusal!);
        }
        var card = simulated.Replay is { } replay ? Of(policy, replay) : Of(call, policy, simulated.Result!);
        card = card with { Why = [.. card.Why, .. simulated.Warnings.Take(Shown).Select(warning => $"{warning.Path}: {warning.Message}")] };
        arguments.TryGet("policy", out var draft);
        return ToolAnswer.Of(card with
        {
            Provenance = [Explained.Of(new(policy.Key, simulated.Version)), .. card.Provenance],
            Apply = await ApplyAsync(call, policy, simulated.Version, draft),
        });
    }

    private static ToolCard Of(Call call, Policy policy, SimulationResult result) => new()
    {
        Title = Phrase.With(result.Matched ? Texts.CardNeeded : Texts.CardNotNeeded, policy.Name),
        Summary = result.Summary,
        Why = [.. Explained.Clauses(result.Explanation), .. Explained.Levels(call.Caller.Tenant, result.Levels)],
    };

    private static ToolCard Of(Policy policy, ReplayResult replay) => new()
    {
        Title = Phrase.With(Texts.CardReplay, policy.Name),
        Summary = PolicySuggestion.Effect(replay),
        Why =
        [
            .. replay.Items.Where(item => item.Gated != item.Recorded.WasGated).Take(Shown).Select(item =>
                Phrase.With(
                    item.Gated ? Texts.CardNewlyGated : Texts.CardNoLongerGated, Rfc3339.Format(item.Recorded.At), item.Recorded.Check.ActionType, item.Recorded.Check.Subject)),
        ],
        Provenance = [.. replay.Items.Select(item => item.Recorded.EntryId).OfType<string>().Take(Shown).Select(id => new Provenance(ProvenanceSource.Audit, id))],
    };

    /// <summary>A draft can be saved, a saved draft published; for what is in force there is nothing to do.</summary>
    private static async ValueTask<ApplyAction?> ApplyAsync(Call call, Policy policy, int version, Value draft)
    {
        if (version == 0)
        {
            return new ApplyAction("POST", $"{ApprovalsEndpoints.Prefix}/policies", draft, Actors.Roles.PolicyAdmin);
        }
        var stored = await call.Services.Policies.ListAsync(call.Tenant, policy.Key, call.Cancellation);
        var number = version.ToString(CultureInfo.InvariantCulture);
        return stored.Any(each => each.Version == version && each.Status == PolicyStatus.Draft)
            ? new ApplyAction("POST", $"{ApprovalsEndpoints.Prefix}/policies/{policy.Key}/versions/{number}/publication", Value.Map(), Actors.Roles.PolicyAdmin)
            : null;
    }
}
