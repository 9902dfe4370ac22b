using System.Globalization;

namespace Approvals.Copilot.Risks;

/// <summary>Numbers and confidences as cards have them.</summary>
internal static class Figures
{
    public static string Of(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Grows with the number of cases: the first says little, many say much.</summary>
    /// <param name="first">Confidence of one case.</param>
    public static double Confidence(double first, int cases) => Math.Round(1 - ((1 - first) * Math.Pow(0.75, Math.Max(0, cases - 1))), 2);

    public static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : $"{Of(number)} {many}";
}
