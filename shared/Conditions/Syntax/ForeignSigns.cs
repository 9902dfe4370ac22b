namespace Approvals.Conditions.Syntax;

/// <summary>Signs of other languages, and of print, and what they are here.</summary>
internal static class ForeignSigns
{
    private const string Matches = "Write text.matches(\"…\").";

    /// <summary>The longer before those that they begin with.</summary>
    private static readonly (string Sign, string Suggestion)[] All =
    [
        ("===", Meant("==")), ("!==", Meant("!=")), ("=>", Meant(">=")), ("=<", Meant("<=")), ("<>", Meant("!=")), ("=~", Matches), ("~=", Matches),
        ("**", Meant("*")), ("->", Meant(".")), ("?.", "Write has(payload.name) && payload.name == 1."), ("??", "Write has(payload.name) ? payload.name : 0."),
        ("≥", Meant(">=")), ("≤", Meant("<=")), ("≠", Meant("!=")), ("×", Meant("*")), ("÷", Meant("/")), ("−", Meant("-")), ("∧", Meant("&&")),
        ("∨", Meant("||")), ("¬", Meant("!")), ("∈", Meant("in")), (";", "Leave it out; '&&' joins two conditions."),
    ];

    /// <summary>The one that a text begins with, as a message and a suggestion, or null.</summary>
    public static (string Message, string Suggestion)? At(ReadOnlySpan<char> text)
    {
        foreach (var (sign, suggestion) in All)
        {
            // A number may begin with its point: a ?.5 : 1.
            if (text.StartsWith(sign, StringComparison.Ordinal) && !(sign == "?." && text.Length > 2 && char.IsAsciiDigit(text[2])))
            {
                return ($"'{sign}' is no operator.", suggestion);
            }
        }
        return null;
    }

    private static string Meant(string sign) => $"Did you mean '{sign}'?";
}
