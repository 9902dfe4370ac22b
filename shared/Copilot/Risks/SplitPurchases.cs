using System.Collections.Immutable;
using Approvals.Copilot.Cards;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Copilot.Risks;

/// <summary>One thing asked for in parts: each below the bound, together above it, by one person for one vendor or subject within days.</summary>
internal static class SplitPurchases
{
    private static readonly TimeSpan Within = TimeSpan.FromDays(5);

    private static readonly string[] Parties =
        ["vendor.id", "vendor.name", "vendor", "vendorId", "supplier.id", "supplier.name", "supplier", "supplierId", "customer.id", "customer", "customerId"];

    public static IEnumerable<ToolCard> Find(RiskScope scope) =>
        from byAction in scope.Calls.GroupBy(call => call.Check.ActionType)
        from threshold in PolicyThreshold.Of(scope.Tenant, byAction.Key)
        from mine in byAction.Where(call => IsPart(threshold, threshold.Amount(call))).GroupBy(call => (call.Check.Actor.Id, To: Party(call)))
        from parts in Runs(threshold, [.. mine.OrderBy(call => call.At)])
        select Card(scope, threshold, byAction.Key, mine.Key.Id, parts);

    private static ToolCard Card(RiskScope scope, PolicyThreshold threshold, string actionType, string person, ImmutableArray<RecordedCheck> parts)
    {
        var total = threshold.Shown(parts.Sum(part => threshold.Amount(part)!.Value));
        return new ToolCard
        {
            Title = Texts.RiskSplit,
            Summary = Phrase.With(Texts.RiskSplitText,
                scope.Name(person), parts.Length, actionType, Within.Days, total, threshold.Shown(threshold.At.Bound)),
            Confidence = Figures.Confidence(0.5, parts.Length - 1),
            Why = [.. parts.Take(Evidence.Most).Select(part => $"{Rfc3339.Format(part.At)} {part.Check.Subject}: {threshold.Shown(threshold.Amount(part)!.Value)}")],
            Provenance = Evidence.Of(parts, threshold.Policy),
        };
    }

    private static bool IsPart(PolicyThreshold threshold, double? amount) => amount is { } number && number > 0 && !threshold.At.IsCrossedBy(number);

    /// <summary>The vendor where the payload names one, else the subject.</summary>
    private static string Party(RecordedCheck call)
    {
        foreach (var path in Parties)
        {
            if (call.Check.Payload.At(path) is { Kind: ValueKind.String or ValueKind.Int or ValueKind.Double } party)
            {
                return party.ToString();
            }
        }
        return call.Check.Subject.ToString();
    }

    /// <summary>Calls within the time of the first of them that together cross the bound; none is in two runs.</summary>
    private static IEnumerable<ImmutableArray<RecordedCheck>> Runs(PolicyThreshold threshold, RecordedCheck[] calls)
    {
        for (var start = 0; start < calls.Length; start++)
        {
            var end = start;
            var total = 0.0;
            while (end < calls.Length && calls[end].At - calls[start].At <= Within)
            {
                total += threshold.Amount(calls[end++])!.Value;
            }
            if (threshold.At.IsCrossedBy(total))
            {
                yield return [.. calls[start..end]];
                start = end - 1;
            }
        }
    }
}
