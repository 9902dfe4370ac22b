using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Values;

namespace Approvals.Web.Rendering;

/// <summary>
/// Characters that nobody sees (<see cref="Invisible"/>): pages show a mark in place of those that turn the direction of the text around them,
/// and leave the others out; JSON to edit has all of them escaped.
/// </summary>
internal static partial class Direction
{
    /// <param name="html">As the renderer writes it: every character beyond ASCII is a reference.</param>
    public static string Marked(string html) => Others().Replace(Turning().Replace(html, "&#xFFFD;"), "");

    /// <summary>The same JSON.</summary>
    public static string Escaped(string json) =>
        Invisible.Escaped(json, static c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));

    [GeneratedRegex("&#x(202[A-E]|206[6-9]);")]
    private static partial Regex Turning();

    [GeneratedRegex("&#x(AD|61C|180E|200B|20[06][EF]|206[0-5A-D]|FEFF|FFF[9AB]|E00[0-7][0-9A-F]);")]
    private static partial Regex Others();
}
