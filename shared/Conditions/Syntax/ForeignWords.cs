using System.Collections.Frozen;

namespace Approvals.Conditions.Syntax;

/// <summary>What people of other languages write, and what it is here.</summary>
internal static class ForeignWords
{
    /// <summary>In place of a sign.</summary>
    public static readonly FrozenDictionary<string, string> Signs = Of(
        ("and", "&&"), ("or", "||"), ("not", "!"), ("is", "=="), ("eq", "=="), ("equals", "=="), ("ne", "!="), ("neq", "!="), ("gt", ">"), ("ge", ">="),
        ("gte", ">="), ("lt", "<"), ("le", "<="), ("lte", "<="), ("mod", "%"), ("div", "/"), ("plus", "+"), ("minus", "-"), ("times", "*"));

    /// <summary>In place of a name.</summary>
    public static readonly FrozenDictionary<string, string> Names = Of(
        ("nil", "null"), ("none", "null"), ("undefined", "null"), ("yes", "true"), ("no", "false"), ("today", "now"), ("time", "now"), ("user", "actor"),
        ("caller", "actor"), ("requester", "actor"), ("principal", "actor"), ("request", "payload"), ("input", "payload"), ("data", "payload"),
        ("body", "payload"), ("this", "payload"), ("resource", "subject"));

    /// <summary>Where there is no one word for it: what to write instead, as a sentence.</summary>
    private static readonly FrozenDictionary<string, Func<string>> Sentences = Of(
        ("if", Choice), ("then", Choice), ("else", Choice), ("between", () => Texts.SuggestRange), ("isEmpty", IsEmpty), ("empty", IsEmpty),
        ("isNullOrEmpty", IsEmpty), ("isDefined", IsThere), ("defined", IsThere), ("isNull", IsThere), ("isSet", IsThere),
        ("coalesce", () => Texts.SuggestDefault), ("lower", CaseAside), ("toLower", CaseAside), ("toLowerCase", CaseAside),
        ("upper", CaseAside), ("toUpper", CaseAside), ("toUpperCase", CaseAside), ("lowerAscii", CaseAside), ("upperAscii", CaseAside), ("sum", Computed),
        ("min", Computed), ("max", Computed), ("avg", Computed), ("average", Computed), ("abs", Computed), ("round", Computed));

    /// <summary>A suggestion for a word that stands where an operator should, or null.</summary>
    public static string? AsOperator(string word) => Signs.TryGetValue(word, out var sign) ? Suggestion.Meant(sign) : AsSentence(word);

    /// <summary>What to write instead of a word that has no one word for it here, or null.</summary>
    public static string? AsSentence(string word) => Sentences.GetValueOrDefault(word)?.Invoke();

    private static string Choice() => Texts.SuggestChoice;

    private static string IsEmpty() => Texts.SuggestEmpty;

    private static string IsThere() => Texts.SuggestHas;

    private static string CaseAside() => Texts.SuggestIgnoreCase;

    private static string Computed() => Texts.SuggestResult;

    private static FrozenDictionary<string, T> Of<T>(params (string Word, T Meant)[] words) =>
        words.ToFrozenDictionary(word => word.Word, word => word.Meant, StringComparer.OrdinalIgnoreCase);
}
