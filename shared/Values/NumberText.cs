using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Approvals.Values;

/// <summary>Doubles as ECMAScript prints them (ECMA-262 Number::toString), which is what RFC 8785 §3.2.2.3 asks for.</summary>
internal static class NumberText
{
    /// <summary>Bytes that the longest text needs.</summary>
    public const int Longest = 32;

    /// <summary>
    /// Writes the number and returns the count of bytes. NaN and infinities become strings. Where <paramref name="spellOut"/> is
    /// false, an integer beyond 2^53 keeps its exponent (1e20), since the parser takes no spelled-out integers of that size.
    /// </summary>
    public static int Write(double number, Span<byte> to, bool spellOut)
    {
        if (Math.Abs(number) <= JsonNumber.LargestInteger && (long)number is var whole && whole == number)
        {
            Utf8Formatter.TryFormat(whole, to, out var integerLength);
            return integerLength;
        }
        if (TryShort(number, to, out var length))
        {
            return length;
        }
        if (!double.IsFinite(number))
        {
            var name = double.IsNaN(number) ? "\"NaN\""u8 : number > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8;
            name.CopyTo(to);
            return name.Length;
        }
        Span<byte> shortest = stackalloc byte[Longest];
        number.TryFormat(shortest, out var size, "R", CultureInfo.InvariantCulture);
        var digits = new DecimalDigits(stackalloc byte[DecimalDigits.Most]);
        digits.Read(shortest[..size]);
        var sign = 0;
        if (number < 0)
        {
            to[sign++] = (byte)'-';
        }
        return sign + Lay(digits.Digits, digits.Point, to[sign..], spellOut || Math.Abs(number) <= JsonNumber.LargestInteger);
    }

    /// <summary>
    /// Amounts: up to four decimals. No two decimals of at most 15 digits round to one double, so the first that rounds to
    /// this one is its shortest text; both sides of the division are exact, hence its result is the rounded decimal.
    /// </summary>
    private static bool TryShort(double number, Span<byte> to, out int length)
    {
        length = 0;
        if (Math.Abs(number) is < 1e11 and >= 1e-4)
        {
            var scale = 1;
            for (byte decimals = 1; decimals <= 4; decimals++)
            {
                scale *= 10;
                var scaled = Math.Round(number * scale);
                if (scaled / scale == number)
                {
                    length = LayShort((long)scaled, scale, decimals, to);
                    return true;
                }
            }
        }
        return false;
    }

    private static int LayShort(long scaled, int scale, byte decimals, Span<byte> to)
    {
        var at = 0;
        if (scaled < 0)
        {
            to[at++] = (byte)'-';
        }
        var (whole, rest) = Math.DivRem(Math.Abs(scaled), scale);
        Utf8Formatter.TryFormat(whole, to[at..], out var digits);
        at += digits;
        to[at++] = (byte)'.';
        Utf8Formatter.TryFormat(rest, to[at..], out digits, new StandardFormat('D', decimals));
        return at + digits;
    }

    /// <summary>The text of a double where it is no JSON: NaN and the infinities without quotes.</summary>
    public static string Of(double number)
    {
        Span<byte> text = stackalloc byte[Longest];
        return Encoding.ASCII.GetString(text[..Write(number, text, spellOut: true)]).Trim('"');
    }

    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> to, bool spellOut)
    {
        if (!spellOut || point is > 21 or <= -6)
        {
            return LayExponent(digits, point - 1, to);
        }
        if (point <= 0)
        {
            to[..(2 - point)].Fill((byte)'0');
            to[1] = (byte)'.';
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }
        if (point >= digits.Length)
        {
            digits.CopyTo(to);
            to[digits.Length..point].Fill((byte)'0');
            return point;
        }
        digits[..point].CopyTo(to);
        to[point] = (byte)'.';
        digits[point..].CopyTo(to[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int LayExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        var at = 0;
        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = (byte)'.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }
        to[at++] = (byte)'e';
        to[at++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), to[at..], out var written);
        return at + written;
    }
}
