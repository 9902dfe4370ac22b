using Approvals.Chains;
using Approvals.Copilot.Cards;

namespace Approvals.Copilot.Risks;

/// <summary>People who tried to decide their own requests; each attempt was refused.</summary>
internal static class SelfApprovalAttempts
{
    public static IEnumerable<ToolCard> Find(RiskScope scope) =>
        from mine in scope.Decisions.Where(entry => entry.Code == RefusalCode.SelfApproval).GroupBy(entry => entry.ActorId)
        let attempts = mine.ToArray()
        select new ToolCard
        {
            Title = "Attempts to decide one's own request",
            Summary = $"{scope.Name(mine.Key)} tried {Figures.Count(attempts.Length, "time", "times")} to decide their own request. Every attempt was refused.",
            Why = ["Nobody may decide what they asked for themselves."],
            Provenance = Evidence.Of(attempts),
        };
}
