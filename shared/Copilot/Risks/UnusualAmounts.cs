using Approvals.Copilot.Cards;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Values;

namespace Approvals.Copilot.Risks;

/// <summary>Amounts far from what is usual for their action type, by the median and the median absolute deviation: a few outliers do not hide each other.</summary>
internal static class UnusualAmounts
{
    /// <summary>Fewer say nothing of what is usual.</summary>
    private const int Least = 8;

    /// <summary>Modified z-score from which a value counts as an outlier (Iglewicz and Hoaglin).</summary>
    private const double Far = 3.5;

    /// <summary>Makes the median absolute deviation comparable with a standard deviation.</summary>
    private const double MedianScale = 1.4826;

    /// <summary>The same for the mean absolute deviation, which takes over where more than half of the amounts are equal.</summary>
    private const double MeanScale = 1.2533;

    public static IEnumerable<ToolCard> Find(RiskScope scope) => scope.Calls.GroupBy(call => call.Check.ActionType).SelectMany(group => Of(scope, group.Key, [.. group]));

    private static IEnumerable<ToolCard> Of(RiskScope scope, string actionType, RecordedCheck[] calls)
    {
        if (AmountField.Of(scope.Tenant, actionType, calls) is not { } field)
        {
            return [];
        }
        var amounts = calls.Select(call => (Call: call, Amount: PolicyThreshold.Number(call.Check.Payload, field)))
            .Where(each => each.Amount is not null).Select(each => (each.Call, Amount: each.Amount!.Value)).ToArray();
        var median = Median(amounts.Select(each => each.Amount));
        var spread = Spread(amounts.Select(each => Math.Abs(each.Amount - median)).ToArray());
        return amounts.Length < Least || spread <= 0
            ? []
            : from each in amounts
              let score = Math.Abs(each.Amount - median) / spread
              where score > Far
              select new ToolCard
              {
                  Title = Texts.RiskUnusual,
                  Summary = Phrase.With(Texts.RiskUnusualText,
                      scope.Name(each.Call.Check.Actor.Id), actionType, each.Call.Check.Subject, Shown(scope, actionType, field, each.Amount), Shown(scope, actionType, field, median)),
                  Confidence = Math.Min(0.9, 0.4 + (score / 50)),
                  Why = [Phrase.With(Texts.RiskUnusualWhy, Figures.Of(score), amounts.Length)],
                  Provenance = Evidence.Of([each.Call]),
              };
    }

    private static double Spread(double[] deviations) =>
        Median(deviations) is > 0 and var median ? MedianScale * median : deviations.Length == 0 ? 0 : MeanScale * deviations.Average();

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Shown(RiskScope scope, string actionType, string field, double amount)
    {
        var sensitive = scope.Tenant.Policies.Active.Where(version => version.Policy.Covers(actionType))
            .SelectMany(version => version.Policy.Sensitive);
        return MaskedOperand.Of($"payload.{field}", Value.From(amount), [.. sensitive]).Kind == ValueKind.String ? Masking.Mask : Figures.Of(amount);
    }
}
