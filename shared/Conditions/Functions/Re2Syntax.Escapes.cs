using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Conditions.Functions;

internal sealed partial class Re2Syntax
{
    private const string Digits = "0-9";
    private const string WordUnits = "0-9A-Za-z_";
    private const string Spaces = @"\t\n\f\r ";
    private const string NotDigits = @"\u0000-/:-\uFFFF";
    private const string NotWordUnits = @"\u0000-/:-@\[-\^`{-\uFFFF";
    private const string NotSpaces = @"\u0000-\u0008\u000B\u000E-\u001F!-\uFFFF";

    private static readonly string[] Categories =
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
    ];

    private static string? SetOf(char letter) => letter switch
    {
        'd' => Digits,
        'w' => WordUnits,
        's' => Spaces,
        'D' => NotDigits,
        'W' => NotWordUnits,
        'S' => NotSpaces,
        _ => null,
    };

    /// <summary>An escape outside of a class.</summary>
    private void Escape()
    {
        var letter = _at + 1 < pattern.Length ? pattern[_at + 1] : '\0';
        if (SetOf(letter) is { } set)
        {
            _size.AddClass(set);
            _out.Append('[').Append(set).Append(']');
            _at += 2;
        }
        else if (letter is 'A' or 'b' or 'B' or 'z')
        {
            _size.Branch();
            Copy(2);
        }
        else if (letter == 'Q')
        {
            var end = pattern.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
            foreach (var unit in pattern[(_at + 2)..(end < 0 ? pattern.Length : end)])
            {
                _size.AddOne();
                _out.Append(_ignoreCase && FoldedBeyond(unit) is { } folded ? $"[{folded}]" : Regex.Escape(unit.ToString()));
            }
            _at = end < 0 ? pattern.Length : end + 2;
        }
        else if (letter is 'p' or 'P')
        {
            var start = _at;
            Category();
            _size.AddClass(pattern[start.._at]);
        }
        else if (TryLiteral(out var rune))
        {
            _size.AddOne();
            _out.Append(!rune.IsBmp ? $"(?:{rune})"
                : _ignoreCase && FoldedBeyond((char)rune.Value) is { } folded ? $"[{folded}]"
                : Regex.Escape(rune.ToString()));
        }
    }

    /// <summary><c>\pL</c>, <c>\p{Lu}</c>, <c>\P{Lu}</c>, <c>\p{^Lu}</c>, inside or outside of a class.</summary>
    private void Category()
    {
        var negated = pattern[_at + 1] == 'P';
        var rest = pattern.AsSpan(_at + 2);
        var end = rest.StartsWith('{') ? rest.IndexOf('}') : 0;
        if (rest.IsEmpty || end < 0)
        {
            Fail(Texts.PatternNoCategoryEnd);
            return;
        }
        var name = rest[0] == '{' ? rest[1..end] : rest[..1];
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }
        if (!Categories.Contains(name.ToString()))
        {
            Fail(Phrase.With(Texts.PatternCategory, name.ToString()));
            return;
        }
        _size.AddUnicode();
        _out.Append(negated ? @"\P{" : @"\p{").Append(name).Append('}');
        _at += 2 + end + 1;
    }

    /// <summary>An escape that stands for one character.</summary>
    private bool TryLiteral(out Rune rune)
    {
        var letter = _at + 1 < pattern.Length ? pattern[_at + 1] : '\0';
        var simple = "afnrtv".IndexOf(letter, StringComparison.Ordinal);
        rune = new Rune(simple >= 0 ? "\a\f\n\r\t\v"[simple] : '\0');
        if (simple >= 0)
        {
            _at += 2;
            return true;
        }
        if (letter == 'x')
        {
            return TryHex(out rune);
        }
        if (letter is >= '1' and <= '9')
        {
            Fail(Texts.PatternBackReference);
            return false;
        }
        if (letter == '\0' || char.IsAsciiLetterOrDigit(letter) || char.IsSurrogate(letter))
        {
            Fail(letter == '\0' ? Texts.PatternBackslash : Phrase.With(Texts.PatternNoEscape, $@"\{letter}"));
            return false;
        }
        rune = new Rune(letter);
        _at += 2;
        return true;
    }

    private bool TryHex(out Rune rune)
    {
        var rest = pattern.AsSpan(_at + 2);
        var braced = rest.StartsWith('{');
        var end = braced ? rest.IndexOf('}') : Math.Min(2, rest.Length);
        var digits = end < 0 ? default : rest[(braced ? 1 : 0)..end];
        if (digits.Length is 0 or > 6 || (!braced && digits.Length < 2)
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.TryCreate(code, out rune))
        {
            rune = default;
            Fail(Texts.PatternBraces);
            return false;
        }
        _at += 2 + end + (braced ? 1 : 0);
        return true;
    }
}
