using System.Buffers;
using System.Globalization;

namespace Approvals.Values;

/// <summary>Durations as the condition language writes them: <c>90s</c>, <c>1h30m</c>, <c>-1.5h</c>, <c>250ms</c>; units h, m, s, ms, us, ns.</summary>
public static class DurationText
{
    internal const long Second = 1_000_000_000;
    internal const long Millisecond = 1_000_000;
    internal const long Minute = 60 * Second;
    internal const long Hour = 60 * Minute;

    /// <summary>In nanoseconds, of either sign: some ten thousand years (google.protobuf.Duration).</summary>
    public static readonly Int128 Longest = (Int128)315_576_000_000 * Second;

    /// <summary>Seconds with up to nine decimals, as CEL's <c>string(duration)</c> does: <c>5400s</c>.</summary>
    /// <param name="duration">Nanoseconds.</param>
    public static string Format(Int128 duration) =>
        decimal.Divide((decimal)duration, Second).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    /// <summary>Reads a duration. What is finer than a nanosecond is dropped; beyond <see cref="Longest"/> it is refused.</summary>
    /// <param name="duration">Nanoseconds.</param>
    public static bool TryParse(string? text, out Int128 duration)
    {
        duration = 0;
        var rest = (text ?? "").AsSpan();
        var negative = rest.StartsWith('-');
        rest = negative || rest.StartsWith('+') ? rest[1..] : rest;
        if (rest.SequenceEqual("0"))
        {
            return true;
        }
        if (rest.Length is 0 or > 64)
        {
            return false;
        }
        var nanos = 0m;
        while (rest.Length > 0)
        {
            if (!TryPart(ref rest, ref nanos))
            {
                return false;
            }
        }
        duration = (Int128)(negative ? -nanos : nanos);
        return Int128.Abs(duration) <= Longest;
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, ref decimal nanos)
    {
        var digits = rest.IndexOfAnyExcept(Digits);
        if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }
        rest = rest[digits..];
        var unit = rest.IndexOfAny(Digits);
        var name = unit < 0 ? rest : rest[..unit];
        rest = rest[name.Length..];
        var unitNanos = name switch
        {
            "h" => Hour,
            "m" => Minute,
            "s" => Second,
            "ms" => Millisecond,
            // The micro sign and the Greek letter look the same.
            "us" or "\u00B5s" or "\u03BCs" => 1000,
            "ns" => 1,
            _ => 0,
        };
        // Beyond this the multiplication might leave the range of decimals; the result would be refused anyway.
        if (unitNanos == 0 || count > (decimal)Longest / unitNanos)
        {
            return false;
        }
        nanos += count * unitNanos;
        return true;
    }

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
}
