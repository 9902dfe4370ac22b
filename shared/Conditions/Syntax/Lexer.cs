using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Approvals.Values;

namespace Approvals.Conditions.Syntax;

/// <summary>Cuts the text of a condition into tokens (cel.dev, "Lexis").</summary>
internal sealed class Lexer(string text)
{
    private readonly List<Token> _tokens = [];
    private SyntaxFault? _fault;
    private int _at;

    /// <summary>The tokens with an <see cref="TokenKind.End"/> behind them, or the first fault.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<Token>? tokens, [NotNullWhen(false)] out SyntaxFault? fault)
    {
        var lexer = new Lexer(text);
        while (lexer.Skip() && lexer.Next())
        {
        }
        fault = lexer._fault;
        lexer._tokens.Add(new Token(TokenKind.End, text.Length, text.Length));
        tokens = fault is null ? lexer._tokens : null;
        return fault is null;
    }

    /// <summary>Passes spaces and comments; false at the end.</summary>
    private bool Skip()
    {
        for (; _at < text.Length; _at++)
        {
            if (text.AsSpan(_at).StartsWith("//"))
            {
                var line = text.AsSpan(_at).IndexOf('\n');
                _at = line < 0 ? text.Length - 1 : _at + line;
            }
            else if (text[_at] is not (' ' or '\t' or '\r' or '\n' or '\f'))
            {
                return true;
            }
        }
        return false;
    }

    private bool Next()
    {
        var c = text[_at];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            return Word();
        }
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Ahead(1))))
        {
            return Number();
        }
        return c is '"' or '\'' ? Text() : Sign();
    }

    private bool Word()
    {
        var end = _at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }
        var word = text.AsSpan(_at, end - _at);
        if (end < text.Length && text[end] is '"' or '\'' && word.Length <= 2 && word.IndexOfAnyExcept("rRbB") < 0)
        {
            return word.IndexOfAny('b', 'B') >= 0
                ? Fail(Texts.ConditionBytes, Texts.SuggestText)
                : Fail(Texts.ConditionRawStrings, Texts.SuggestDoubling);
        }
        return word switch
        {
            "true" => Add(TokenKind.Literal, word.Length, Value.True),
            "false" => Add(TokenKind.Literal, word.Length, Value.False),
            "null" => Add(TokenKind.Literal, word.Length, Value.Null),
            "in" => Add(TokenKind.In, word.Length),
            _ => Add(TokenKind.Name, word.Length),
        };
    }

    private bool Number()
    {
        var rest = text.AsSpan(_at);
        var hex = rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var length = hex ? 2 + Run(rest[2..], char.IsAsciiHexDigit) : Run(rest, char.IsAsciiDigit);
        var isDouble = false;
        if (!hex && length + 1 < rest.Length && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
        {
            isDouble = true;
            length += 1 + Run(rest[(length + 1)..], char.IsAsciiDigit);
        }
        if (!hex && length < rest.Length && rest[length] is 'e' or 'E')
        {
            var sign = length + 1 < rest.Length && rest[length + 1] is '+' or '-' ? 2 : 1;
            var digits = Run(rest[(length + sign)..], char.IsAsciiDigit);
            if (digits == 0)
            {
                return Fail(Texts.ConditionExponent);
            }
            isDouble = true;
            length += sign + digits;
        }
        if (length < rest.Length && rest[length] is 'u' or 'U')
        {
            return Fail(Texts.ConditionUnsigned, Texts.SuggestSigned);
        }
        if (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_'))
        {
            return Fail(Texts.ConditionNumberLetter);
        }
        return isDouble ? Double(rest[..length]) : Int(rest[..length], hex);
    }

    private bool Double(ReadOnlySpan<char> digits) =>
        double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Add(TokenKind.Literal, digits.Length, Value.From(number))
            : Fail(Texts.ConditionDoubleRange);

    private bool Int(ReadOnlySpan<char> digits, bool hex)
    {
        var read = hex
            ? ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var magnitude)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
        if (!read || magnitude > long.MaxValue + 1UL)
        {
            return Fail(Texts.ConditionIntRange, Texts.SuggestDecimalPoint);
        }
        return magnitude > long.MaxValue
            ? Add(TokenKind.IntEdge, digits.Length)
            : Add(TokenKind.Literal, digits.Length, Value.From((long)magnitude));
    }

    private bool Text()
    {
        if (!StringLiteral.TryRead(text, _at, out var value, out var end, out var fault))
        {
            _fault = fault;
            return false;
        }
        return Add(TokenKind.Literal, end - _at, Value.From(value));
    }

    private bool Sign() => ForeignSigns.At(text.AsSpan(_at)) is { } foreign ? Fail(foreign.Message, foreign.Suggestion) : (text[_at], Ahead(1)) switch
    {
        ('=', '=') => Add(TokenKind.Equal, 2),
        ('!', '=') => Add(TokenKind.NotEqual, 2),
        ('<', '=') => Add(TokenKind.LessOrEqual, 2),
        ('>', '=') => Add(TokenKind.GreaterOrEqual, 2),
        ('&', '&') => Add(TokenKind.And, 2),
        ('|', '|') => Add(TokenKind.Or, 2),
        ('=', _) => Single("="),
        ('&', _) => Single("&"),
        ('|', _) => Single("|"),
        ('<', _) => Add(TokenKind.Less, 1),
        ('>', _) => Add(TokenKind.Greater, 1),
        ('!', _) => Add(TokenKind.Not, 1),
        ('+', _) => Add(TokenKind.Plus, 1),
        ('-', _) => Add(TokenKind.Minus, 1),
        ('*', _) => Add(TokenKind.Times, 1),
        ('/', _) => Add(TokenKind.Divide, 1),
        ('%', _) => Add(TokenKind.Modulo, 1),
        ('?', _) => Add(TokenKind.Question, 1),
        (':', _) => Add(TokenKind.Colon, 1),
        (',', _) => Add(TokenKind.Comma, 1),
        ('.', _) => Add(TokenKind.Dot, 1),
        ('(', _) => Add(TokenKind.OpenParenthesis, 1),
        (')', _) => Add(TokenKind.CloseParenthesis, 1),
        ('[', _) => Add(TokenKind.OpenBracket, 1),
        (']', _) => Add(TokenKind.CloseBracket, 1),
        ('{', _) => Add(TokenKind.OpenBrace, 1),
        ('}', _) => Add(TokenKind.CloseBrace, 1),
        ('`', _) => Fail(Texts.ConditionQuotedName, Texts.SuggestPayloadIndex),
        ('“' or '”' or '‘' or '’', _) => Fail(Texts.ConditionTypographic, Texts.SuggestStraightQuotes),
        _ => Fail(Phrase.With(Texts.ConditionStray, Shown())),
    };

    private bool Single(string sign) => Fail(Phrase.With(Texts.ConditionSingleSign, sign), Suggestion.Meant(sign + sign));

    private string Shown() =>
        Rune.TryGetRuneAt(text, _at, out var rune) && !Rune.IsControl(rune) ? rune.ToString() : $"U+{(int)text[_at]:X4}";

    private char Ahead(int count) => _at + count < text.Length ? text[_at + count] : '\0';

    private static int Run(ReadOnlySpan<char> rest, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < rest.Length && belongs(rest[length]))
        {
            length++;
        }
        return length;
    }

    private bool Add(TokenKind kind, int length, Value value = default)
    {
        _tokens.Add(new Token(kind, _at, _at + length, value));
        _at += length;
        return true;
    }

    private bool Fail(string message, string? suggestion = null)
    {
        _fault = new SyntaxFault(_at, message, suggestion);
        return false;
    }
}
