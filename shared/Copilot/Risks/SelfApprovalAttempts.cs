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
            Title = Texts.ControlSelfApprovalAttempts,
            Summary = Phrase.With(Texts.RiskSelfText, scope.Name(mine.Key), Figures.Count(attempts.Length, Texts.CardTimesOne, Texts.CardTimesMany)),
            Why = [Texts.RiskSelfWhy],
            Provenance = Evidence.Of(attempts),
        };
}
