using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Copilot.Model;

/// <summary>Finds numbers that a text says and its source does not: what a language model words, it must not count or round.</summary>
internal static partial class NumbersSaid
{
    /// <summary>Whether every number in <paramref name="text"/> is one of <paramref name="source"/>, whatever separates its digits.</summary>
    public static bool AreOf(string text, string source)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var figure in Of(source))
        {
            known.Add(Digits(figure));
            known.UnionWith(Parts(figure));
            known.Add(Whole(figure));
        }
        return Of(text).All(figure =>
            known.Contains(Digits(figure)) || known.Contains(Whole(figure)) || (Date().IsMatch(figure) && Parts(figure).All(known.Contains)));
    }

    private static readonly char[] Separators = ['.', ',', '\'', '\u2019', '\u066B', '\u066C', ' ', '\u00A0', '\u202F'];

    private static IEnumerable<string> Of(string text) => Figure().Matches(Ascii(text)).Select(match => match.Value);

    private static string Digits(string figure) => Trimmed(string.Concat(figure.Where(char.IsAsciiDigit)));

    private static IEnumerable<string> Parts(string figure) => figure.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Trimmed);

    /// <summary>Without a fraction of nothing.</summary>
    private static string Whole(string figure) => Digits(Nothing().Replace(figure, ""));

    private static string Trimmed(string digits) => digits.TrimStart('0');

    /// <summary>The digits of other scripts are digits too.</summary>
    private static string Ascii(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            ascii.Append(CharUnicodeInfo.GetDecimalDigitValue(letter) is >= 0 and var digit ? (char)('0' + digit) : letter);
        }
        return ascii.ToString();
    }

    /// <summary>Blanks separate thousands only.</summary>
    [GeneratedRegex(@"[0-9]+(?:[.,'\u2019\u066B\u066C][0-9]+|[ \u00A0\u202F](?=[0-9]{3}(?![0-9]))[0-9]{3})*", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();

    /// <summary>Written otherwise, its parts are the same.</summary>
    [GeneratedRegex(@"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"[.,\u066B]0{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Nothing();
}
