using System.Globalization;

namespace Approvals.Copilot.Risks;

/// <summary>Numbers and confidences as cards have them.</summary>
internal static class Figures
{
    public static string Of(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Grows with the number of cases: the first says little, many say much.</summary>
    /// <param name="first">Confidence of one case.</param>
    public static double Confidence(double first, int cases) => Math.Round(1 - ((1 - first) * Math.Pow(0.75, Math.Max(0, cases - 1))), 2);

    /// <summary>The one text for exactly one, the other for every other count; both may have the count as <c>{0}</c>.</summary>
    public static string Count(int number, string one, string many) => Phrase.With(number == 1 ? one : many, Of(number));
}
