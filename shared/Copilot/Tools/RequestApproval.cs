using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Copilot.Cards;
using Approvals.Gate;
using Approvals.Requests;
using Approvals.Telemetry;
using Approvals.Tokens;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>Asks the gate as POST /gate does: idempotent, audited, open to agents. A grant is handed out by the gate alone, never on a card.</summary>
internal sealed class RequestApproval : ICopilotTool
{
    public string Name => "request_approval";

    public Scopes Scope => Scopes.Gate;

    public string Description =>
        "Ask for permission to act: says whether the action is allowed, approved, or waits for people, whom it asks then. Repeating the same call finds the same "
        + "request. It never decides.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "actionType": { "type": "string", "description": "Such as purchasing.vendorBill.post." },
            "subject": { "type": "object", "description": "What is acted on.",
              "properties": { "type": { "type": "string" }, "id": { "type": "string" } }, "required": ["type", "id"] },
            "payload": { "type": "object", "description": "The action's data, whole: only exactly this may be executed later." },
            "title": { "type": "string", "maxLength": 500 },
            "description": { "type": "string" },
            "type": { "type": "string", "description": "A registered approval type." },
            "reopen": { "type": "boolean", "description": "Ask again although the last request was rejected." } },
          "required": ["actionType", "subject", "payload"] }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var (result, refusal) = await GateChecks.RunAsync(call, arguments);
        if (refusal is not null)
        {
            return ToolAnswer.Refuse(refusal);
        }
        if (result!.Request is not { } request)
        {
            Meters.Gated(GateOutcome.Allowed);
            return ToolAnswer.Of(new ToolCard { Title = Texts.CardAllowed, Summary = result.Evaluation.Summary });
        }
        var answer = GateAnswer.Of(request.State, call.Now);
        Meters.Gated(answer.Outcome);
        return answer.Outcome switch
        {
            GateOutcome.Pending => ToolAnswer.Of(Card(
                Texts.CardWaits, PendingText.Of(request, call.Caller.Tenant, result.Evaluation.Summary, call.Now), request, result.Evaluation)),
            GateOutcome.Approved => ToolAnswer.Of(Card(
                Texts.StatusApproved, Texts.CardClaim, request, result.Evaluation)),
            _ => ToolAnswer.Refuse(GateReply.Refused(request, answer)),
        };
    }

    private static ToolCard Card(string title, string summary, StoredRequest request, GateEvaluation evaluation) => new()
    {
        Title = title,
        Summary = summary,
        Why = [.. Explained.Clauses(evaluation.Explanation), Phrase.With(Texts.CardAskAgain, GateReply.StatusUrl(request.State.Id))],
        Provenance = [new Provenance(ProvenanceSource.Request, request.State.Id), .. evaluation.Matched.Select(Explained.Of)],
    };
}
