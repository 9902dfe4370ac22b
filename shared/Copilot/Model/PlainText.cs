using System.Text.RegularExpressions;
using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>Makes one plain line of what a language model wrote for people to read.</summary>
internal static partial class PlainText
{
    /// <summary>Without markup, and cut. Null where nothing is left, or where it leads somewhere: an address was not asked for, so somebody else asked.</summary>
    /// <param name="known">What people are shown anyway: names with dots in it, such as action types, are no addresses.</param>
    /// <param name="longest">In UTF-16 units.</param>
    public static string? Of(string text, string known, int longest)
    {
        var line = Invisible.Line(Marks().Replace(Tags().Replace(Unseen().Replace(text, ""), ""), ""));
        return line.Length == 0 || LeadsSomewhere(text, known) || LeadsSomewhere(line, known) ? null : Cut(line, longest);
    }

    private static bool LeadsSomewhere(string text, string known) =>
        Addresses().IsMatch(text) || Dotted().EnumerateMatches(text).Any(text, name => !known.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static bool Any(this Regex.ValueMatchEnumerator matches, string text, Func<string, bool> predicate)
    {
        foreach (var match in matches)
        {
            if (predicate(text.Substring(match.Index, match.Length)))
            {
                return true;
            }
        }
        return false;
    }

    private static string Cut(string line, int longest) =>
        line.Length <= longest ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)}…";

    /// <summary>What is not seen but changes what is; joiners stay, which some scripts need.</summary>
    [GeneratedRegex(@"[\p{Cf}\p{Cs}\p{Co}-[\u200C\u200D\uD800-\uDFFF]]", RegexOptions.CultureInvariant)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"</?[A-Za-z!][^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[*`|<>\[\]{}\\~]|^\s*(?:#+|>|-)\s|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Marks();

    /// <summary>With a scheme, as a mailbox, or as Markdown has them.</summary>
    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]*:/|\b(?:mailto|javascript|data|tel|sip):\S|\S@\S|\]\s*\(|\bwww[.\u3002\uFF0E\uFF61]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    /// <summary>What a reader's mail client might make a link of.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}_-]+(?:[.\u3002\uFF0E\uFF61][\p{L}\p{N}_-]+)*[.\u3002\uFF0E\uFF61][\p{L}]{2,}(?:[:/]\S*)?", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
