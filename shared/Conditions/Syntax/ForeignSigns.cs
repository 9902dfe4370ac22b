
namespace Approvals.Conditions.Syntax;

/// <summary>Signs of other languages, and of print, and what they are here.</summary>
internal static class ForeignSigns
{
    /// <summary>The longer before those that they begin with.</summary>
    private static readonly (string Sign, Func<string> Suggestion)[] All =
    [
        ("===", Meant("==")), ("!==", Meant("!=")), ("=>", Meant(">=")), ("=<", Meant("<=")), ("<>", Meant("!=")),
        ("=~", () => Texts.SuggestMatches), ("~=", () => Texts.SuggestMatches), ("**", Meant("*")), ("->", Meant(".")),
        ("?.", () => Texts.SuggestHasAnd), ("??", () => Texts.SuggestDefault), ("≥", Meant(">=")), ("≤", Meant("<=")), ("≠", Meant("!=")),
        ("×", Meant("*")), ("÷", Meant("/")), ("−", Meant("-")), ("∧", Meant("&&")), ("∨", Meant("||")), ("¬", Meant("!")), ("∈", Meant("in")),
        (";", () => Texts.SuggestLeaveOut),
    ];

    /// <summary>The one that a text begins with, as a message and a suggestion, or null.</summary>
    public static (string Message, string Suggestion)? At(ReadOnlySpan<char> text)
    {
        foreach (var (sign, suggestion) in All)
        {
            // A number may begin with its point: a ?.5 : 1.
            if (text.StartsWith(sign, StringComparison.Ordinal) && !(sign == "?." && text.Length > 2 && char.IsAsciiDigit(text[2])))
            {
                return (Phrase.With(Texts.ConditionNoOperator, sign), suggestion());
            }
        }
        return null;
    }

    private static Func<string> Meant(string sign) => () => Suggestion.Meant(sign);
}
