using System.Text.RegularExpressions;

namespace Approvals.Gate;

/// <summary>Paths to sensitive payload values: <c>payload.iban</c>, <c>payload.lines.price</c>, <c>payload.accounts.*.number</c>.</summary>
internal static partial class SensitivePath
{
    public const int MaxLength = 200;

    public static bool IsPath(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    /// <summary>The steps below the payload; none for the payload itself.</summary>
    public static string[] Steps(string path) => path.Split('.')[1..];

    /// <summary>Whether what a condition reads at <paramref name="reference"/> may contain, or be part of, what the path means.</summary>
    /// <param name="reference">As conditions name what they read; <c>[]</c> for the items of a list.</param>
    public static bool Touches(string path, string reference)
    {
        var steps = path.Split('.');
        var read = reference.Replace("[]", "", StringComparison.Ordinal).Split('.');
        int i = 0, j = 0;
        while (i < steps.Length && j < read.Length)
        {
            if (steps[i] == "*" || steps[i] == read[j])
            {
                i++;
                j++;
            }
            else if (read[j] is [>= '0' and <= '9', ..])
            {
                j++;
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    [GeneratedRegex(@"^payload(\.([A-Za-z0-9_$-]+|\*))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
