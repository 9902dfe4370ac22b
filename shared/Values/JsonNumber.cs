using System.Globalization;

namespace Approvals.Values;

/// <summary>
/// Reads JSON numbers as doubles and refuses those that a double can't hold as written: the shortest decimal that stands for the
/// double must be the written number. An integer beyond 2^53 is refused even where it happens to be a double, for its neighbours are not.
/// </summary>
internal static class JsonNumber
{
    /// <summary>2^53: up to here every integer is a double.</summary>
    public const long LargestInteger = 9007199254740992;

    /// <summary>Every decimal of at most this many digits survives the way to a (normal) double and back.</summary>
    private const int SafeDigits = 15;

    /// <summary>The powers of ten that are doubles themselves: one multiplication or division with them rounds once, so correctly.</summary>
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Null where the number was read, else why not. <paramref name="text"/> is a well-formed JSON number.</summary>
    public static string? Read(ReadOnlySpan<byte> text, bool largeIntegers, out double number) =>
        TryShort(text, out number) ? null : ReadLong(text, largeIntegers, out number);

    /// <summary>Numbers without an exponent and of at most 15 digits, which is nearly all of them.</summary>
    private static bool TryShort(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.Length > SafeDigits + 2)
        {
            return false;
        }
        var negative = text[0] == '-';
        var mantissa = 0L;
        var decimals = -1;
        var digits = 0;
        foreach (var c in negative ? text[1..] : text)
        {
            if (c == '.')
            {
                decimals = 0;
                continue;
            }
            var digit = c - '0';
            if ((uint)digit > 9)
            {
                return false;
            }
            mantissa = (mantissa * 10) + digit;
            digits++;
            decimals += decimals >= 0 ? 1 : 0;
        }
        if (digits > SafeDigits)
        {
            return false;
        }
        // Negated as an integer, so that -0 is 0.
        number = negative ? -mantissa : mantissa;
        if (decimals > 0 && mantissa != 0)
        {
            number /= Powers[decimals];
        }
        return true;
    }

    private static string? ReadLong(ReadOnlySpan<byte> text, bool largeIntegers, out double number)
    {
        number = 0;
        var written = new DecimalDigits(stackalloc byte[DecimalDigits.Most]);
        if (!written.Read(text))
        {
            return Texts.JsonDigits;
        }
        if (written.Count == 0)
        {
            return null;
        }
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number) || number == 0)
        {
            return Texts.JsonRange;
        }
        if (!largeIntegers && Math.Abs(number) > LargestInteger && text.IndexOfAny("eE."u8) < 0)
        {
            return Texts.JsonInteger;
        }
        return (written.Count <= SafeDigits && double.IsNormal(number)) || IsShortest(written, number)
            ? null
            : Texts.JsonInexact;
    }

    private static bool IsShortest(DecimalDigits written, double number)
    {
        Span<byte> text = stackalloc byte[NumberText.Longest];
        number.TryFormat(text, out var size, "R", CultureInfo.InvariantCulture);
        var shortest = new DecimalDigits(stackalloc byte[DecimalDigits.Most]);
        return shortest.Read(text[..size]) && shortest.Point == written.Point && shortest.Digits.SequenceEqual(written.Digits);
    }
}
