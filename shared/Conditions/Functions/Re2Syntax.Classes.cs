
namespace Approvals.Conditions.Functions;

internal sealed partial class Re2Syntax
{
    /// <summary>Sets by their POSIX names (re2/wiki/Syntax) with their complements.</summary>
    private static readonly Dictionary<string, (string Set, string Complement)> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = ("0-9A-Za-z", @"\u0000-/:-@\[-`{-\uFFFF"),
        ["alpha"] = ("A-Za-z", @"\u0000-@\[-`{-\uFFFF"),
        ["ascii"] = (@"\u0000-\u007F", @"\u0080-\uFFFF"),
        ["blank"] = (@"\t ", @"\u0000-\u0008\n-\u001F!-\uFFFF"),
        ["cntrl"] = (@"\u0000-\u001F\u007F", @" -~\u0080-\uFFFF"),
        ["digit"] = (Digits, NotDigits),
        ["graph"] = ("!-~", @"\u0000- \u007F-\uFFFF"),
        ["lower"] = ("a-z", @"\u0000-`{-\uFFFF"),
        ["print"] = (" -~", @"\u0000-\u001F\u007F-\uFFFF"),
        ["punct"] = (@"!-/:-@\[-`{-~", @"\u0000- 0-9A-Za-z\u007F-\uFFFF"),
        ["space"] = (@"\t-\r ", @"\u0000-\u0008\u000E-\u001F!-\uFFFF"),
        ["upper"] = ("A-Z", @"\u0000-@\[-\uFFFF"),
        ["word"] = (WordUnits, NotWordUnits),
        ["xdigit"] = ("0-9A-Fa-f", @"\u0000-/:-@G-`g-\uFFFF"),
    };

    private void Class()
    {
        var start = _at++;
        _out.Append('[');
        if (_at < pattern.Length && pattern[_at] == '^')
        {
            Copy(1);
        }
        // A closing bracket in the first place is an ordinary character.
        for (var first = true; _error is null; first = false)
        {
            if (_at >= pattern.Length)
            {
                _at = start;
                Fail(Texts.PatternNoClassEnd);
            }
            else if (pattern[_at] == ']' && !first)
            {
                Copy(1);
                return;
            }
            else if (!TrySet())
            {
                Range();
            }
        }
    }

    /// <summary><c>[:alpha:]</c>, <c>\d</c> or <c>\pL</c> in a class.</summary>
    private bool TrySet()
    {
        var rest = pattern.AsSpan(_at);
        if (rest.StartsWith("[:") && rest.IndexOf(":]") is > 0 and var end)
        {
            var negated = rest[2] == '^';
            var name = rest[(negated ? 3 : 2)..Math.Max(end, 3)].ToString();
            if (Posix.TryGetValue(name, out var set))
            {
                _out.Append(negated ? set.Complement : set.Set);
            }
            else
            {
                Fail(Phrase.With(Texts.PatternPosix, name));
            }
            _at += end + 2;
            return true;
        }
        if (rest.Length < 2 || rest[0] != '\\')
        {
            return false;
        }
        if (SetOf(rest[1]) is { } escaped)
        {
            _out.Append(escaped);
            _at += 2;
            return true;
        }
        if (rest[1] is 'p' or 'P')
        {
            Category();
            return true;
        }
        return false;
    }

    private void Range()
    {
        if (!TryUnit(out var low))
        {
            return;
        }
        Unit(low);
        if (_at + 1 >= pattern.Length || pattern[_at] != '-' || pattern[_at + 1] == ']')
        {
            Fold(low, low);
            return;
        }
        _at++;
        if (!TryUnit(out var high))
        {
            return;
        }
        if (high < low)
        {
            Fail(Texts.PatternRange);
        }
        _out.Append('-');
        Unit(high);
        Fold(low, high);
    }

    private bool TryUnit(out char unit)
    {
        unit = pattern[_at];
        if (unit == '\\')
        {
            if (!TryLiteral(out var rune))
            {
                return false;
            }
            unit = rune.IsBmp ? (char)rune.Value : '\uD800';
        }
        else
        {
            _at++;
        }
        if (char.IsSurrogate(unit))
        {
            Fail(Texts.PatternBeyond);
        }
        return _error is null;
    }

    private void Unit(char unit)
    {
        if (unit is '[' or ']' or '\\' or '^' or '-')
        {
            _out.Append('\\');
        }
        _out.Append(unit);
    }
}
