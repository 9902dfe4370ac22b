using Approvals.Audit;
using Approvals.Copilot.Cards;
using Approvals.Values;

namespace Approvals.Copilot.Risks;

/// <summary>Approvals given in less time than it takes to read what was approved.</summary>
internal static class HastyDecisions
{
    /// <summary>Of even the shortest request.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>What takes longer than this can't be told from the length alone.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    /// <summary>A quick reader: 300 words a minute.</summary>
    private const double CharactersPerSecond = 25;

    public static IEnumerable<ToolCard> Find(RiskScope scope)
    {
        var payloads = scope.Calls.Where(call => call.RequestId is not null)
            .GroupBy(call => call.RequestId!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Check.Payload, StringComparer.Ordinal);
        var entered = scope.Entered.ToLookup(Place);
        return from mine in scope.Made.GroupBy(entry => entry.ActorId)
               let hasty = Hasty([.. mine.OrderBy(entry => entry.At)], entered, payloads).ToArray()
               where hasty.Length > 0
               select new ToolCard
               {
                   Title = Texts.RiskHasty,
                   Summary = Phrase.With(Texts.RiskHastyText, scope.Name(mine.Key), Figures.Count(hasty.Length, Texts.CardRequestsOne, Texts.CardRequestsMany)),
                   Confidence = Figures.Confidence(0.4, hasty.Length),
                   Why = [.. hasty.Take(Evidence.Most).Select(each =>
                       Phrase.With(Texts.RiskHastyWhy, each.Entry.RequestId, Figures.Of(each.Took.TotalSeconds), Figures.Of(each.Reading.TotalSeconds)))],
                   Provenance = Evidence.Of(hasty.Select(each => each.Entry)),
               };
    }

    /// <summary>The time to read begins when the level was entered, or when the person had decided on the one before.</summary>
    private static IEnumerable<(AuditFields Entry, TimeSpan Took, TimeSpan Reading)> Hasty(
        AuditFields[] decisions, ILookup<(string?, long), AuditFields> entered, Dictionary<string, Value> payloads)
    {
        DateTimeOffset? before = null;
        foreach (var decision in decisions)
        {
            var asked = entered[Place(decision)].Where(entry => entry.At <= decision.At).Select(entry => (DateTimeOffset?)entry.At).Max();
            if (decision.Action == AuditAction.Approved && asked is { } from)
            {
                var took = decision.At - (before > from ? before.Value : from);
                var reading = Reading(decision.RequestId is { } id && payloads.TryGetValue(id, out var payload) ? payload.ToString().Length : 0);
                if (took < reading)
                {
                    yield return (decision, took, reading);
                }
            }
            before = decision.At;
        }
    }

    private static TimeSpan Reading(int characters)
    {
        var time = TimeSpan.FromSeconds(characters / CharactersPerSecond);
        return time < Least ? Least : time > Most ? Most : time;
    }

    private static (string?, long) Place(AuditFields entry) =>
        (entry.RequestId, entry.Details.TryGet("level", out var level) && level.Kind is ValueKind.Int or ValueKind.Double ? level.AsInt() : 0);
}
