using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Model;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>Why a request needed approval, or whether something would. Asks nobody and records nothing.</summary>
internal sealed class ExplainRequirement(CardWording wording) : ICopilotTool
{
    public string Name => "explain_requirement";

    public string Description =>
        "Explain why approval was needed for an existing request (requestId), or whether it would be needed for an action (actionType, payload, subject), by "
        + "which policy, for which reasons, and who would be asked. Changes nothing.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "requestId": { "type": "string", "description": "An existing request; the other arguments are then left out." },
            "actionType": { "type": "string", "description": "Such as purchasing.vendorBill.post." },
            "subject": { "type": "object", "description": "What is acted on.",
              "properties": { "type": { "type": "string" }, "id": { "type": "string" } }, "required": ["type", "id"] },
            "payload": { "type": "object", "description": "The action's data, as it would be sent to the gate." },
            "language": { "type": "string", "description": "Of the summary, such as German or pt-BR, where a language model is set up." } } }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var fields = new Fields(arguments);
        return fields.Has("requestId") ? await OfRequestAsync(call, fields) : await OfActionAsync(call, fields);
    }

    private async ValueTask<ToolAnswer> OfActionAsync(Call call, Fields fields)
    {
        var check = new GateCheck
        {
            ActionType = fields.Id("actionType"),
            Actor = call.Caller.Actor,
            Subject = fields.Has("subject") ? fields.Subject("subject") : new Actors.Subject("example", "1"),
            Payload = fields.Map("payload"),
        };
        var language = LanguageArgument.Read(fields);
        if ((fields.Problem ?? (InputRules.Refuse(check) is { } refusal ? Problem.Of(refusal) : null)) is { } problem)
        {
            return ToolAnswer.Refuse(problem);
        }
        var evaluation = GateRules.Evaluate(call.Caller.Tenant, check, call.Now);
        var levels = SimulatedLevels.Of(call.Caller.Tenant, evaluation.Levels, check, GateInput.Of(check, call.Now));
        var card = new ToolCard
        {
            Title = evaluation.NeedsApproval ? Phrase.With(Texts.CardNeeds, check.ActionType) : Phrase.With(Texts.CardNeedsNot, check.ActionType),
            Summary = SimulatedLevels.Refusal(levels) is { } lack ? $"{evaluation.Summary} {lack.Detail}" : evaluation.Summary,
            Why = [.. Explained.Clauses(evaluation.Explanation), .. Explained.Levels(call.Caller.Tenant, levels)],
            Provenance = [.. evaluation.Matched.Select(Explained.Of)],
        };
        return ToolAnswer.Of(await wording.SayAsync(card, null, language, call.Cancellation));
    }

    private async ValueTask<ToolAnswer> OfRequestAsync(Call call, Fields fields)
    {
        var id = fields.Id("requestId");
        var language = LanguageArgument.Read(fields);
        if (fields.Problem is { } problem)
        {
            return ToolAnswer.Refuse(problem);
        }
        if (await call.Services.Commands.FindAsync(call.Caller, id, call.Cancellation) is not { } request)
        {
            return ToolAnswer.Refuse(Problem.NotFound);
        }
        var result = await WhyAsync(call, request);
        var card = new ToolCard
        {
            Title = Phrase.With(Texts.CardWhy, request.Snapshot.Title),
            Summary = PendingText.Of(request, call.Caller.Tenant, result?.Summary, call.Now),
            Confidence = result is null && request.State.Policy is not null ? 0.5 : 1,
            Why =
            [
                .. Explained.Clauses(result?.Explanation ?? []),
                .. request.State.Levels.Select((level, i) => Phrase.With(Texts.CardLevel, i + 1, level.Definition.Name, StatusNames.Of(level.Status))),
            ],
            Provenance =
            [
                new Provenance(ProvenanceSource.Request, request.State.Id),
                .. request.State.Policy is { } policy ? [Explained.Of(policy)] : Array.Empty<Provenance>(),
            ],
        };
        return ToolAnswer.Of(await wording.SayAsync(card, request.Snapshot, language, call.Cancellation));
    }

    /// <summary>The version that the request began with, on what was asked, as of then; null where there is none to ask.</summary>
    private static async ValueTask<SimulationResult?> WhyAsync(Call call, StoredRequest request)
    {
        if (request.State.Policy is not { } pinned)
        {
            return null;
        }
        var versions = await call.Services.Policies.ListAsync(call.Tenant, pinned.Key, call.Cancellation);
        if (versions.FirstOrDefault(version => version.Version == pinned.Version) is not { } found)
        {
            return null;
        }
        var masked = found.Policy with { Sensitive = [.. found.Policy.Sensitive.Union(request.Snapshot.Sensitive, StringComparer.Ordinal)] };
        var check = new GateCheck
        {
            ActionType = request.State.ActionType,
            Actor = request.Snapshot.Requester,
            Subject = request.State.Subject,
            Payload = request.Snapshot.Payload,
        };
        return PolicySimulation.Run(call.Caller.Tenant, masked, pinned.Version, check, request.Snapshot.TakenAt);
    }
}
