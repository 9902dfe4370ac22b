using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Approvals.Conditions.Compiling;
using Approvals.Values;

namespace Approvals.Conditions.Functions;

/// <summary>Regular expressions in RE2's syntax, run in time linear in the text.</summary>
internal static class Patterns
{
    private const int LongestPattern = 512;
    public const int LongestText = 64 * 1024;

    /// <summary>Units of text per step for a pattern of up to <see cref="PatternUnits"/> units; a longer one costs as many times more.</summary>
    private const int UnitsPerStep = 4;
    private const int PatternUnits = 16;

    /// <summary>A second fence: counted repetitions can make even linear time long. Ends the evaluation for good.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>What a pattern comes to; false where it is refused at sight.</summary>
    public static bool TrySize(string pattern, [NotNullWhen(true)] out PatternSize? size)
    {
        size = null;
        return pattern.Length <= LongestPattern && Re2Syntax.TryTranslate(pattern, out _, out size, out _) && size.Total <= PatternSize.Most;
    }

    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        if (pattern.Length > LongestPattern)
        {
            error = Phrase.With(Texts.PatternTooLong, LongestPattern);
            return false;
        }
        if (!Re2Syntax.TryTranslate(pattern, out var translated, out _, out error))
        {
            return false;
        }
        try
        {
            regex = new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Longest);
            return true;
        }
        catch (RegexParseException fault)
        {
            error = Phrase.With(Texts.PatternAt, Math.Min(fault.Offset, pattern.Length), Told(fault.Error));
        }
        catch (NotSupportedException)
        {
            error = Texts.PatternStates;
        }
        return false;
    }

    /// <summary>For a pattern that stands in a condition, whose author has no reason to make it slow.</summary>
    public static Value Find(ref Frame frame, Node call, Regex regex, string text)
    {
        var weight = 1 + (regex.ToString().Length / PatternUnits);
        return text.Length > LongestText || frame.Charge(text.Length / UnitsPerStep * weight) ? Run(ref frame, call, regex, text) : Value.Fault;
    }

    /// <summary>For who has paid for it.</summary>
    public static Value Run(ref Frame frame, Node call, Regex regex, string text)
    {
        if (text.Length > LongestText)
        {
            return frame.Fail(call, Faults.MatchesLength);
        }
        try
        {
            return Value.From(regex.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            frame.Steps = -1;
            return Value.Fault;
        }
    }

    /// <summary>What is left for .NET to find once RE2's syntax is translated.</summary>
    private static string Told(RegexParseError error) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => Texts.PatternUnclosed,
        RegexParseError.InsufficientOpeningParentheses => Texts.PatternNoGroupStart,
        RegexParseError.QuantifierAfterNothing => Texts.PatternNothingRepeated,
        RegexParseError.NestedQuantifiersNotParenthesized => Texts.PatternNestedQuantifier,
        RegexParseError.ReversedQuantifierRange => Texts.PatternRepetitionBackwards,
        _ => Texts.PatternMalformed,
    };
}
