using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Approvals.Conditions.Syntax;

/// <summary>Strings in single, double or triple quotes with CEL's escapes.</summary>
internal static class StringLiteral
{
    /// <summary>Reads the string whose quote stands at <paramref name="start"/>; <paramref name="end"/> is behind its closing quote.</summary>
    public static bool TryRead(
        string text, int start, [NotNullWhen(true)] out string? value, out int end, [NotNullWhen(false)] out SyntaxFault? fault)
    {
        var quote = text[start];
        var triple = text.AsSpan(start + 1).StartsWith([quote, quote]);
        var close = new string(quote, triple ? 3 : 1);
        var result = new StringBuilder();
        value = null;
        fault = null;
        for (end = start + close.Length; end < text.Length;)
        {
            if (text.AsSpan(end).StartsWith(close))
            {
                end += close.Length;
                value = result.ToString();
                return true;
            }
            if (text[end] == '\\')
            {
                if (!TryEscape(text, ref end, result, out fault))
                {
                    return false;
                }
            }
            else if (text[end] is '\n' or '\r' && !triple)
            {
                break;
            }
            else
            {
                result.Append(text[end++]);
            }
        }
        fault = new SyntaxFault(start, Texts.ConditionOpenString, Phrase.With(Texts.SuggestAddAtEnd, close));
        return false;
    }

    private static bool TryEscape(string text, ref int at, StringBuilder result, [NotNullWhen(false)] out SyntaxFault? fault)
    {
        fault = null;
        var letter = at + 1 < text.Length ? text[at + 1] : '\0';
        var simple = "abfnrtv\\?\"'`".IndexOf(letter, StringComparison.Ordinal);
        if (simple >= 0)
        {
            result.Append("\a\b\f\n\r\t\v\\?\"'`"[simple]);
            at += 2;
            return true;
        }
        var (skipped, length, radix) = letter switch
        {
            'x' or 'X' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            >= '0' and <= '3' => (1, 3, 8),
            _ => (0, 0, 0),
        };
        if (radix == 0)
        {
            fault = new SyntaxFault(at, Phrase.With(Texts.ConditionNoEscape, $"\\{letter}"), Texts.SuggestBackslash);
            return false;
        }
        if (!TryNumber(text, at + skipped, length, radix, out var code) || !Rune.IsValid(code))
        {
            fault = new SyntaxFault(at, Phrase.With(radix == 8 ? Texts.ConditionOctal : Texts.ConditionHexadecimal, $"\\{letter}", length));
            return false;
        }
        result.Append(new Rune(code).ToString());
        at += skipped + length;
        return true;
    }

    private static bool TryNumber(string text, int start, int length, int radix, out int number)
    {
        number = 0;
        if (start + length > text.Length)
        {
            return false;
        }
        foreach (var c in text.AsSpan(start, length))
        {
            var digit = char.IsAsciiHexDigit(c) ? int.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;
            if (digit >= radix || number > 0x0FFFFFF)
            {
                return false;
            }
            number = (number * radix) + digit;
        }
        return true;
    }
}
