using System.Collections.Immutable;
using System.Globalization;
using Approvals.Copilot.Risks;
using Approvals.Policies.Simulation;
using Approvals.Tenants;

namespace Approvals.Copilot.Tools;

/// <summary>A bound that about a tenth of the recorded calls cross, rounded to two digits.</summary>
internal sealed record ThresholdProposal(string Condition, double Confidence, ImmutableArray<string> Why)
{
    /// <summary>Fewer calls say nothing.</summary>
    public const int Least = 10;

    private const double Share = 0.9;

    /// <summary>Null where there are too few calls or no amount in most of them.</summary>
    public static ThresholdProposal? Of(TenantSnapshot tenant, string actionType, RecordedCheck[] calls)
    {
        if (AmountField.Of(tenant, actionType, calls) is not { } field)
        {
            return null;
        }
        double[] amounts = [.. calls.Select(call => PolicyThreshold.Number(call.Check.Payload, field)).OfType<double>().Where(amount => amount > 0).Order()];
        if (amounts.Length < Least)
        {
            return null;
        }
        var bound = Round(amounts[(int)Math.Ceiling(amounts.Length * Share) - 1]);
        var above = amounts.Count(amount => amount > bound);
        return new ThresholdProposal(
            $"payload.{field} > {bound.ToString("R", CultureInfo.InvariantCulture)}",
            Math.Round(0.9 * amounts.Length / (amounts.Length + 20.0), 2),
            [Phrase.With(Texts.CardThreshold, amounts.Length, field, above, Figures.Of(bound))]);
    }

    private static double Round(double number)
    {
        var digit = Math.Pow(10, Math.Floor(Math.Log10(number)) - 1);
        return digit >= 1 ? Math.Round(number / digit) * digit : Math.Round(number, 2);
    }
}
