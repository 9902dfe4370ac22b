using System.Collections.Frozen;

namespace Approvals.Conditions.Syntax;

/// <summary>What people of other languages write, and what it is here.</summary>
internal static class ForeignWords
{
    private const string Choice = "Write a ? b : c.";
    private const string IsEmpty = "Write size(…) == 0.";
    private const string IsThere = "Write has(payload.name).";
    private const string CaseAside = "Write text.matches(\"(?i)…\") to leave case aside.";
    private const string Computed = "Send the result in the payload.";

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
    public static readonly FrozenDictionary<string, string> Sentences = Of(
        ("if", Choice), ("then", Choice), ("else", Choice), ("between", "Write a >= 1 && a <= 9."), ("isEmpty", IsEmpty), ("empty", IsEmpty),
        ("isNullOrEmpty", IsEmpty), ("isDefined", IsThere), ("defined", IsThere), ("isNull", IsThere), ("isSet", IsThere),
        ("coalesce", "Write has(payload.name) ? payload.name : 0."), ("lower", CaseAside), ("toLower", CaseAside), ("toLowerCase", CaseAside),
        ("upper", CaseAside), ("toUpper", CaseAside), ("toUpperCase", CaseAside), ("lowerAscii", CaseAside), ("upperAscii", CaseAside), ("sum", Computed),
        ("min", Computed), ("max", Computed), ("avg", Computed), ("average", Computed), ("abs", Computed), ("round", Computed));

    /// <summary>A suggestion for a word that stands where an operator should, or null.</summary>
    public static string? AsOperator(string word) => Signs.TryGetValue(word, out var sign) ? $"Did you mean '{sign}'?" : Sentences.GetValueOrDefault(word);

    private static FrozenDictionary<string, string> Of(params (string Word, string Meant)[] words) =>
        words.ToFrozenDictionary(word => word.Word, word => word.Meant, StringComparer.OrdinalIgnoreCase);
}
