using System.Buffers;

namespace Approvals.Values;

/// <summary>Says what is wrong with text that is no JSON: the platform's reader tells it in English, with advice for programmers, only.</summary>
/// <param name="open">The containers that are open where the reader stopped.</param>
internal readonly ref struct JsonGrammar(ReadOnlySpan<byte> utf8, JsonScratch open)
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> PartsOfNumbers = SearchValues.Create("+-.0123456789eE"u8);

    private readonly ReadOnlySpan<byte> _utf8 = utf8;

    /// <param name="at">Where the reader stopped; what is before is well-formed as far as it goes.</param>
    public string Explain(int at)
    {
        var before = _utf8[..at];
        var rest = _utf8[at..];
        if (Spaced(rest) is [] || (Spaced(rest) is [(byte)','] && !open.InNothing))
        {
            return Spaced(before).IsEmpty ? Texts.JsonEmpty : Texts.JsonEnds;
        }
        var found = rest[0];
        return found < ' ' ? Texts.JsonControl
            : InEscape(before) ? Texts.JsonEscape
            : InNumber(before, found) ? found is >= (byte)'0' and <= (byte)'9' ? Texts.JsonLeadingZero : Texts.JsonNumber
            : InWord(before) ? Texts.JsonUnexpected
            : found == '/' ? Texts.JsonComment
            : found == '\'' || "“”‘’"u8.IndexOf(rest[..Math.Min(3, rest.Length)]) >= 0 ? Texts.JsonDoubleQuotes
            : Wanted(Spaced(before), found);
    }

    private string Wanted(ReadOnlySpan<byte> before, byte found)
    {
        var closes = found is (byte)']' or (byte)'}';
        return before switch
        {
            [.., (byte)','] when closes => Texts.JsonLastComma,
            [.., (byte)',' or (byte)'{'] when open.InObject => Texts.JsonName,
            [] or [.., (byte)',' or (byte)'[' or (byte)':'] => Texts.JsonUnexpected,
            _ when open.InNothing => Texts.JsonMore,
            [.., (byte)'"'] when open.InObject && IsName(before) => Texts.JsonNoColon,
            _ => closes ? Texts.JsonCloses : Texts.JsonComma,
        };
    }

    /// <summary>Whether the string that ends the text stands where an object has a name.</summary>
    private static bool IsName(ReadOnlySpan<byte> text)
    {
        var start = text.Length - 1;
        do
        {
            start = text[..start].LastIndexOf((byte)'"');
        }
        while ((start - text[..start].LastIndexOfAnyExcept((byte)'\\')) % 2 == 0);
        return Spaced(text[..start]) is [.., (byte)',' or (byte)'{'];
    }

    /// <summary>Behind a backslash, or behind <c>\u</c> and some of its digits. Outside of strings no backslash comes before.</summary>
    private static bool InEscape(ReadOnlySpan<byte> before)
    {
        var digits = before.Length - 1 - before.LastIndexOfAnyExcept(HexDigits);
        return before.EndsWith("\\"u8) || (digits < 4 && before[..^digits].EndsWith("\\u"u8));
    }

    /// <summary>A digit may be the number's last; what is behind it is then no part of it.</summary>
    private static bool InNumber(ReadOnlySpan<byte> before, byte found)
    {
        var number = before[(before.LastIndexOfAnyExcept(PartsOfNumbers) + 1)..];
        return number is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..]
            && (number[^1] is < (byte)'0' or > (byte)'9' || char.IsAsciiLetterOrDigit((char)found) || found is (byte)'.' or (byte)'_' or (byte)'+' or (byte)'-');
    }

    /// <summary>Behind the beginning of <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    private static bool InWord(ReadOnlySpan<byte> before)
    {
        var word = before[(before.LastIndexOfAnyExceptInRange((byte)'a', (byte)'z') + 1)..];
        return word.Length > 0 && !(word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8));
    }

    private static ReadOnlySpan<byte> Spaced(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
