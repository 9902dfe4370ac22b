using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Approvals.Web.Rendering;

/// <summary>
/// Characters that turn the direction of the text around them (UAX #9): in a request's text they can make an amount or a name read as another
/// than the one that is approved. Pages show a mark in their place; JSON to edit has them escaped.
/// </summary>
internal static partial class Direction
{
    private static readonly SearchValues<char> Turning = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <param name="html">As the renderer writes it: every character beyond ASCII is a reference.</param>
    public static string Marked(string html) => Reference().Replace(html, "&#xFFFD;");

    /// <summary>The same JSON.</summary>
    public static string Escaped(string json) =>
        json.AsSpan().ContainsAny(Turning)
            ? string.Concat(json.Select(c => Turning.Contains(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()))
            : json;

    [GeneratedRegex("&#x(202[A-E]|206[6-9]);")]
    private static partial Regex Reference();
}
