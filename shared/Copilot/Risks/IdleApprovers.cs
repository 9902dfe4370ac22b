using Approvals.Audit;
using Approvals.Copilot.Cards;
using Approvals.Values;

namespace Approvals.Copilot.Risks;

/// <summary>People who were asked long ago, whose levels nobody ended for days, and who decided nothing since.</summary>
internal static class IdleApprovers
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(5);

    public static IEnumerable<ToolCard> Find(RiskScope scope)
    {
        var ended = scope.Ended.Concat(scope.Made).ToLookup(entry => entry.RequestId, entry => entry.At);
        var last = scope.Made.GroupBy(entry => entry.ActorId, StringComparer.Ordinal)
            .ToDictionary(mine => mine.Key, mine => mine.Max(entry => entry.At), StringComparer.Ordinal);
        var left = scope.Entered.Where(entry => scope.To - entry.At >= Long && !ended[entry.RequestId].Any(at => at >= entry.At && at < entry.At + Long));
        return from asked in left.SelectMany(entry => Asked(entry).Select(person => (Person: person, Entry: entry))).GroupBy(each => each.Person)
               let waiting = asked.Where(each => !last.TryGetValue(asked.Key, out var decided) || decided < each.Entry.At).Select(each => each.Entry).ToArray()
               where waiting.Length > 0
               select new ToolCard
               {
                   Title = Texts.RiskIdle,
                   Summary = Phrase.With(Texts.RiskIdleText, scope.Name(asked.Key), Figures.Count(waiting.Length, Texts.CardTimesOne, Texts.CardTimesMany), Long.Days),
                   Confidence = Figures.Confidence(0.5, waiting.Length),
                   Why = [.. waiting.Take(Evidence.Most).Select(entry => Phrase.With(Texts.RiskIdleWhy, entry.RequestId, Rfc3339.Format(entry.At)))],
                   Provenance = Evidence.Of(waiting),
               };
    }

    /// <summary>Whom the entry names: "ana", or "ana (bo)" where bo is asked in ana's place.</summary>
    private static IEnumerable<string> Asked(AuditFields entry)
    {
        if (!entry.Details.TryGet("approvers", out var approvers) || approvers.Kind != ValueKind.List)
        {
            return [];
        }
        return approvers.Items.ToArray().Where(item => item.Kind == ValueKind.String).Select(item =>
        {
            var text = item.AsString();
            return text.EndsWith(')') && text.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at ? text[(at + 2)..^1] : text;
        }).Distinct(StringComparer.Ordinal);
    }
}
