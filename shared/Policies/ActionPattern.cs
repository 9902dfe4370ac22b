
namespace Approvals.Policies;

/// <summary>
/// Patterns over action types: an action type itself, <c>purchasing.*</c> for any depth below <c>purchasing</c>, <c>*</c> for all. Compared
/// by code unit: another case is another action type.
/// </summary>
public static class ActionPattern
{
    public const int MaxLength = 200;

    /// <summary>Everything.</summary>
    public const string All = "*";

    /// <summary>Segments of letters, digits, dashes and underscores, joined by dots; at most 200 characters.</summary>
    public static bool IsActionType(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }
        foreach (var segment in text.Split('.'))
        {
            if (text[segment].IsEmpty || text[segment].ContainsAnyExcept(SegmentCharacters))
            {
                return false;
            }
        }
        return true;
    }

    public static bool IsPattern(ReadOnlySpan<char> text) =>
        text is All || (text.Length <= MaxLength && IsActionType(text.EndsWith(".*") ? text[..^2] : text));

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> actionType) =>
        pattern is All || (pattern.EndsWith(".*") ? IsBelow(actionType, pattern[..^1]) : pattern.SequenceEqual(actionType));

    public static bool MatchesAny(IEnumerable<string> patterns, string actionType) => patterns.Any(pattern => Matches(pattern, actionType));

    /// <summary>Whether every action type of <paramref name="narrow"/> is one of <paramref name="wide"/>.</summary>
    public static bool Covers(ReadOnlySpan<char> wide, ReadOnlySpan<char> narrow) =>
        Matches(wide, narrow.EndsWith(".*") ? narrow[..^1] : narrow) || wide.SequenceEqual(narrow);

    /// <summary>The pattern of what both match; null where nothing is.</summary>
    public static string? Common(string left, string right) => Covers(left, right) ? right : Covers(right, left) ? left : null;

    /// <summary>A pattern that covers what a wildcard elsewhere was meant to, or null.</summary>
    internal static string? Suggestion(string text)
    {
        var star = text.IndexOf('*', StringComparison.Ordinal);
        var wider = star < 0 ? text.Trim().Replace(' ', '-') : text[..star].TrimEnd('.') + ".*";
        return IsPattern(wider) ? wider : null;
    }

    private static bool IsBelow(ReadOnlySpan<char> actionType, ReadOnlySpan<char> prefixWithDot) =>
        actionType.Length > prefixWithDot.Length && actionType.StartsWith(prefixWithDot);

    private static readonly System.Buffers.SearchValues<char> SegmentCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
