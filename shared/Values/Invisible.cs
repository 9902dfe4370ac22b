using System.Text.RegularExpressions;

namespace Approvals.Values;

/// <summary>
/// Characters that nobody sees: those that turn the direction of the text around them (UAX #9), and other format characters. In a request's
/// text they can make an amount or a name read as another than the one that is approved. What joins letters stays, since scripts and emoji
/// need it.
/// </summary>
public static partial class Invisible
{
    /// <summary>The text as it reads without them.</summary>
    public static string Removed(string text) => Characters().Replace(text, "");

    /// <summary>The text with each of them written in another way.</summary>
    public static string Escaped(string text, Func<char, string> escape) => Characters().Replace(text, match => string.Concat(match.Value.Select(escape)));

    /// <summary>Without line ends and other control characters too: one line, whatever people typed.</summary>
    public static string Line(string text) => Blanks().Replace(Removed(text), " ").Trim();

    [GeneratedRegex(@"[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]", RegexOptions.CultureInvariant)]
    private static partial Regex Characters();

    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
