using Approvals.Copilot.Cards;

namespace Approvals.Copilot.Risks;

/// <summary>Amounts that stay just below the bound above which somebody would have been asked.</summary>
internal static class JustUnderThreshold
{
    /// <summary>Share of the bound.</summary>
    private const double Band = 0.1;

    public static IEnumerable<ToolCard> Find(RiskScope scope) =>
        from byAction in scope.Calls.GroupBy(call => call.Check.ActionType)
        from threshold in PolicyThreshold.Of(scope.Tenant, byAction.Key)
        from mine in byAction.Where(call => IsJustUnder(threshold, threshold.Amount(call))).GroupBy(call => call.Check.Actor.Id)
        let calls = mine.ToArray()
        select new ToolCard
        {
            Title = Texts.RiskJustUnder,
            Summary = Phrase.With(Texts.RiskJustUnderText,
                scope.Name(mine.Key), Figures.Count(calls.Length, Texts.CardTimesOne, Texts.CardTimesMany), byAction.Key, threshold.At.Path, threshold.Shown(threshold.At.Bound)),
            Confidence = Figures.Confidence(0.3, calls.Length),
            Why = [.. calls.Take(Evidence.Most).Select(call => $"{call.Check.Subject}: {threshold.Shown(threshold.Amount(call)!.Value)}")],
            Provenance = Evidence.Of(calls, threshold.Policy),
        };

    private static bool IsJustUnder(PolicyThreshold threshold, double? amount) =>
        amount is { } number && !threshold.At.IsCrossedBy(number) && number >= threshold.At.Bound * (1 - Band);
}
