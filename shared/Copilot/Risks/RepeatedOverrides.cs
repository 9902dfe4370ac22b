using Approvals.Audit;
using Approvals.Copilot.Cards;

namespace Approvals.Copilot.Risks;

/// <summary>Rejections set aside again and again: by one person, or on one request.</summary>
internal static class RepeatedOverrides
{
    private const int ByPerson = 3;
    private const int OnRequest = 2;

    public static IEnumerable<ToolCard> Find(RiskScope scope)
    {
        var done = scope.Overrides.Where(entry => entry.Outcome == AuditOutcome.Ok).ToArray();
        var people = done.GroupBy(entry => entry.ActorId).Where(mine => mine.Count() >= ByPerson)
            .Select(mine => Card(mine, Phrase.With(Texts.RiskOverridesBy, scope.Name(mine.Key), mine.Count())));
        var requests = done.GroupBy(entry => entry.RequestId).Where(its => its.Count() >= OnRequest)
            .Select(its => Card(its, Phrase.With(Texts.RiskOverridesOf, its.Key, its.Count())));
        return people.Concat(requests);
    }

    private static ToolCard Card(IEnumerable<AuditFields> overrides, string summary) => new()
    {
        Title = Texts.RiskOverrides,
        Summary = summary,
        Confidence = Figures.Confidence(0.6, overrides.Count() - 1),
        Why = [.. overrides.Take(Evidence.Most).Select(entry => Phrase.With(Texts.RiskOverridesWhy, entry.RequestId, entry.ActorId))],
        Provenance = Evidence.Of(overrides),
    };
}
