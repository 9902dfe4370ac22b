using Approvals.Values;

namespace Approvals.Web.Cards;

/// <summary>How a built-in type presents itself: what an approval will do, in a sentence.</summary>
/// <param name="Amount">The money at stake, where the type has one.</param>
public sealed record CardView(string Icon, string Title, string Effect, string? Hint = null, string? Amount = null)
{
    /// <summary>Null for generic and configured types, whose payload speaks for itself.</summary>
    public static CardView? Of(string requestType, Value payload) => requestType switch
    {
        "api_key_request" => new("key", Text(payload, "service"), Say.With(Texts.CardKeyEffect, Text(payload, "service")), ServiceHints.Of(Text(payload, "service"))),
        "skill_enable" => new("blocks", Text(payload, "skillName", "skillId"), Say.With(Texts.CardSkillEffect, Text(payload, "skillName", "skillId")), Model(payload, "model")),
        "hire_agent" => new(
            "agent", Text(payload, "agentConfig.name"), Say.With(Texts.CardHireEffect, Text(payload, "agentConfig.name"), Text(payload, "agentConfig.role")),
            Reason(payload) ?? Model(payload, "agentConfig.model")),
        "budget_override" => new("coins", Texts.CardBudgetTitle, Say.With(Texts.CardBudgetEffect, Money(payload, "amount")), Reason(payload), Money(payload, "amount")),
        "execute_skill" => new("bolt", Text(payload, "skill"), Say.With(Texts.CardExecuteEffect, Text(payload, "skill")), null, Money(payload, "cost")),
        "agent_action" => new("agent", Text(payload, "agent_id"), Text(payload, "action_description"), Texts.CardAgentEffect),
        _ => null,
    };

    private static string? Reason(Value payload) => payload.At("reason") is { Kind: ValueKind.String } reason ? reason.AsString() : null;

    private static string? Model(Value payload, string path) => Find(payload, path) is { } model ? Say.With(Texts.CardModel, model) : null;

    private static string Text(Value payload, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (Find(payload, path) is { } text)
            {
                return text;
            }
        }

        return Texts.Unnamed;
    }

    private static string? Find(Value payload, string path) => payload.At(path) switch
    {
        { Kind: ValueKind.String } text => text.AsString(),
        { Kind: ValueKind.Int or ValueKind.Double } number => Say.Number(number.AsDouble()),
        _ => null,
    };

    private static string Money(Value payload, string path)
    {
        var amount = Find(payload, path) ?? Texts.Unnamed;
        return Find(payload, "currency") is { } currency ? $"{amount} {currency}" : amount;
    }
}
