using System.Collections.Immutable;
using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Model;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>Proposes a policy: a draft that it checks, a condition that it completes, or a threshold from what was asked at the gate so far.</summary>
internal sealed class SuggestPolicy(PolicyDrafter drafter) : ICopilotTool
{
    private const int MostApprovers = 20;

    private readonly FreeTextPolicy _freeText = new(drafter);

    private static readonly ImmutableArray<string> DefaultApprovers = ["manager:requester"];

    public string Name => "suggest_policy";

    public string Description =>
        "Suggest a policy: check a whole draft (policy), complete a condition (actionType, condition, approvers), or propose a threshold from the audited gate "
        + "calls of an action type (actionType, history: true); where a language model is set up, draft one from somebody's words (text). Saves nothing: a policy administrator may apply the card.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "actionType": { "type": "string", "description": "An action type or pattern, such as purchasing.vendorBill.post or purchasing.*" },
            "policy": { "type": "object", "description": "A whole draft as POST /policies takes it." },
            "condition": { "type": "string", "description": "When approval is needed, in CEL: payload.amount > 5000" },
            "text": { "type": "string", "maxLength": 2000, "description": "The rule in somebody's words: bills over 5k from new vendors need finance and legal." },
            "history": { "type": "boolean", "description": "Propose a threshold from recorded gate calls." },
            "approvers": { "type": "array", "items": { "type": "string" }, "description": "Such as role:finance-manager; the requester's manager where left out." },
            "name": { "type": "string" } } }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var fields = new Fields(arguments);
        if (fields.Find("policy") is { } draft)
        {
            return fields.Problem is { } problem ? ToolAnswer.Refuse(problem)
                : await CheckedAsync(call, draft, 1, [Texts.CardCompiles], [], pointer => "/policy" + pointer);
        }
        if (fields.OptionalProse(FreeTextPolicy.Argument, PolicyDrafter.MaxWish) is { } text)
        {
            return fields.Problem is { } problem ? ToolAnswer.Refuse(problem) : await _freeText.CardAsync(call, text);
        }
        var type = fields.Id("actionType");
        var condition = fields.OptionalProse("condition", Conditions.Condition.MaxLength);
        var history = fields.Flag("history", otherwise: false);
        var approvers = fields.OptionalIds("approvers", MostApprovers) ?? DefaultApprovers;
        var name = fields.OptionalId("name") ?? Phrase.With(Texts.CardApprovalOf, type);
        if (condition is null && !history && fields.Errors.Count == 0)
        {
            fields.Fail("condition", "Send one of: policy, condition, history, text.");
        }
        if (fields.Problem is { } wrong)
        {
            return ToolAnswer.Refuse(wrong);
        }
        return condition is not null
            ? await CheckedAsync(call, Draft(type, name, condition, approvers), 0.8, [Texts.CardConditionCompiles], [], Pointer)
            : await FromHistoryAsync(call, type, name, approvers);
    }

    private static async ValueTask<ToolAnswer> FromHistoryAsync(Call call, string type, string name, ImmutableArray<string> approvers)
    {
        // What others asked for shows through a threshold.
        if (!Simulations.MayReplay(call))
        {
            return ToolAnswer.Refuse(Problem.NotAuthorized);
        }
        var recorded = await call.Services.RecordedChecks.LastAsync(call.Caller.Tenant, RecordedChecks.Most, call.Cancellation);
        RecordedCheck[] calls = [.. recorded.Where(each => ActionPattern.Matches(type, each.Check.ActionType))];
        if (ThresholdProposal.Of(call.Caller.Tenant, type, calls) is not { } proposal)
        {
            return ToolAnswer.Of(new ToolCard
            {
                Title = Phrase.With(Texts.CardNoThreshold, type),
                Summary = Phrase.With(Texts.CardTooFew, calls.Length, ThresholdProposal.Least),
                Confidence = 0,
                Provenance = [new Provenance(ProvenanceSource.Audit, $"gate_checked {type}")],
            });
        }
        return await CheckedAsync(
            call, Draft(type, name, proposal.Condition, approvers), proposal.Confidence, proposal.Why,
            [new Provenance(ProvenanceSource.Audit, $"gate_checked {type}")], Pointer);
    }

    private static async ValueTask<ToolAnswer> CheckedAsync(
        Call call, Value source, double confidence, ImmutableArray<string> why, ImmutableArray<Provenance> provenance, Func<string, string> pointer) =>
        PolicyReader.TryRead(source, call.Caller.Tenant.Settings, out var policy, out var errors)
            ? ToolAnswer.Of(await PolicySuggestion.CardAsync(call, policy, source, confidence, why, provenance))
            : ToolAnswer.Refuse(PolicyProblem.Of(errors.Select(error => error with { Pointer = pointer(error.Pointer) })));

    private static Value Draft(string type, string name, string condition, ImmutableArray<string> approvers) => Value.Map(
        ("key", Value.From(type.TrimEnd('*').TrimEnd('.') is { Length: > 0 } key ? key : "all")),
        ("name", Value.From(name)),
        ("actionTypes", Value.List(Value.From(type))),
        ("when", Value.From(condition)),
        ("levels", Value.List(Value.Map(
            ("name", Value.From(Texts.CardApproval)),
            ("approvers", Value.List(ImmutableArray.CreateRange(approvers.Select(each => Value.From(each))))),
            ("strategy", Value.From("any"))))));

    /// <summary>The argument that a member of the draft was made of.</summary>
    private static string Pointer(string member) => member switch
    {
        "/when" => "/condition",
        _ when member.StartsWith("/levels/0/approvers", StringComparison.Ordinal) => member["/levels/0".Length..],
        "/name" => member,
        _ => "/actionType",
    };
}
