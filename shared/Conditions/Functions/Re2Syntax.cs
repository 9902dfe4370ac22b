using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Approvals.Conditions.Functions;

/// <summary>
/// Writes an RE2 pattern in .NET's syntax, where the two differ: <c>\d \w \s</c> are ASCII, <c>$</c> is the very end, POSIX classes
/// exist, and a bracket in a class is itself. What RE2 lacks (look-around, back-references, atomic groups) is refused.
/// Known difference: <c>.</c> and negated classes take a character beyond U+FFFF as two.
/// </summary>
internal sealed partial class Re2Syntax(string pattern)
{
    private const int MostRepeats = 1000;

    private static readonly SearchValues<char> CountUnits = SearchValues.Create("0123456789,");

    private readonly StringBuilder _out = new();
    private readonly PatternSize _size = new();

    /// <summary>The flags around each open group.</summary>
    private readonly Stack<(bool Multiline, bool IgnoreCase)> _outer = new();
    private bool _multiline;
    private bool _ignoreCase;
    private string? _error;
    private int _at;

    public static bool TryTranslate(
        string pattern, [NotNullWhen(true)] out string? translated, out PatternSize size, [NotNullWhen(false)] out string? error)
    {
        var syntax = new Re2Syntax(pattern);
        while (syntax._error is null && syntax._at < pattern.Length)
        {
            syntax.Next();
        }
        error = syntax._error;
        size = syntax._size;
        translated = error is null ? syntax._out.ToString() : null;
        size.CountUnits(translated ?? "");
        return error is null;
    }

    private void Next()
    {
        switch (pattern[_at])
        {
            case '\\':
                Escape();
                break;
            case '[':
                var start = _at;
                Class();
                _size.AddClass(pattern[start.._at]);
                break;
            case '(':
                Group();
                break;
            case ')':
                (_multiline, _ignoreCase) = _outer.Count > 0 ? _outer.Pop() : (_multiline, _ignoreCase);
                _size.Close();
                Copy(1);
                break;
            case '$':
                _at++;
                _size.AddOne();
                _out.Append(_multiline ? "$" : @"\z");
                break;
            case '{':
                Repeat();
                break;
            case '*' or '+' or '?' or '|':
                _size.Branch();
                Copy(1);
                break;
            case '.':
                _size.AddClass(".");
                Copy(1);
                break;
            default:
                Literal();
                break;
        }
    }

    /// <summary>A pair of surrogates is held together, so that what repeats it repeats both.</summary>
    private void Literal()
    {
        _size.AddOne();
        if (_ignoreCase && FoldedBeyond(pattern[_at]) is { } folded)
        {
            _out.Append('[').Append(folded).Append(']');
            _at++;
            return;
        }
        var isPair = _at + 1 < pattern.Length && char.IsSurrogatePair(pattern[_at], pattern[_at + 1]);
        _out.Append(isPair ? "(?:" : "");
        Copy(isPair ? 2 : 1);
        _out.Append(isPair ? ")" : "");
    }

    private void Group()
    {
        _outer.Push((_multiline, _ignoreCase));
        _size.Open();
        var rest = pattern.AsSpan(_at);
        if (!rest.StartsWith("(?"))
        {
            Copy(1);
        }
        else if (rest.StartsWith("(?P<") || (rest.StartsWith("(?<") && !rest.StartsWith("(?<=") && !rest.StartsWith("(?<!")))
        {
            // Captures are never read, so the name only has to be passed over.
            var end = rest.IndexOf('>');
            if (end < 0)
            {
                Fail(Texts.PatternNoNameEnd);
                return;
            }
            _out.Append("(?:");
            _at += end + 1;
        }
        else
        {
            Flags();
        }
    }

    private void Flags()
    {
        var start = _at;
        var on = true;
        for (_at += 2; _at < pattern.Length; _at++)
        {
            switch (pattern[_at])
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    _size.AddUnicode();
                    _ignoreCase = on;
                    break;
                case 's':
                    break;
                case 'm':
                    _multiline = on;
                    break;
                case ':':
                    _out.Append(pattern, start, ++_at - start);
                    return;
                case ')':
                    // Holds to the end of the group around it, which is the one to restore when that ends.
                    _outer.Pop();
                    _size.Close();
                    _out.Append(pattern, start, ++_at - start);
                    return;
                default:
                    _at = start;
                    Fail(Texts.PatternGroups);
                    return;
            }
        }
        Fail(Texts.PatternNoGroupEnd);
    }

    private void Repeat()
    {
        var end = pattern.IndexOf('}', _at);
        var counts = end < 0 ? "" : pattern[(_at + 1)..end];
        var most = 0;
        foreach (var count in counts.Split(','))
        {
            if (int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                most = Math.Max(most, number);
            }
        }
        if (most > MostRepeats)
        {
            Fail(Phrase.With(Texts.PatternRepetitions, MostRepeats));
        }
        // Anything else in braces is itself.
        var isCount = counts.Length > 0 && char.IsAsciiDigit(counts[0]) && !counts.AsSpan().ContainsAnyExcept(CountUnits) && counts.AsSpan().Count(',') < 2;
        if (isCount)
        {
            _size.Repeat(most);
        }
        else
        {
            _size.AddOne();
        }
        Copy(isCount ? counts.Length + 2 : 1);
    }

    private void Copy(int count)
    {
        _out.Append(pattern, _at, count);
        _at += count;
    }

    private void Fail(string error) => _error ??= Phrase.With(Texts.PatternAt, _at, error);
}
