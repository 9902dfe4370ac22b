using System.Collections.Immutable;
using Approvals.Api.Problems;
using Approvals.Copilot.Cards;

namespace Approvals.Copilot;

/// <summary>What a tool answers: cards, or a refusal.</summary>
/// <param name="Refusal">Null where it went well.</param>
public readonly record struct ToolAnswer(ImmutableArray<ToolCard> Cards, Problem? Refusal)
{
    public static ToolAnswer Of(params ImmutableArray<ToolCard> cards) => new(cards, null);

    public static ToolAnswer Refuse(Problem refusal) => new([], refusal);
}
