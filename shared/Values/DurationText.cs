using System.Buffers;
using System.Globalization;

namespace Approvals.Values;

/// <summary>Durations as the condition language writes them: <c>90s</c>, <c>1h30m</c>, <c>-1.5h</c>, <c>250ms</c>; units h, m, s, ms, us, ns.</summary>
public static class DurationText
{
    /// <summary>Seconds with up to seven decimals, as CEL's <c>string(duration)</c> does: <c>5400s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var ticks = decimal.Divide(duration.Ticks, TimeSpan.TicksPerSecond);
        return ticks.ToString("0.#######", CultureInfo.InvariantCulture) + "s";
    }

    /// <summary>Reads a duration. What is finer than 100 ns is dropped; beyond ±10,675,199 days it is refused.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
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
        var ticks = 0m;
        while (rest.Length > 0)
        {
            if (!TryPart(ref rest, ref ticks))
            {
                return false;
            }
        }
        if (ticks > long.MaxValue)
        {
            return false;
        }
        duration = new TimeSpan((long)(negative ? -ticks : ticks));
        return true;
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, ref decimal ticks)
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
        var unitTicks = name switch
        {
            "h" => TimeSpan.TicksPerHour,
            "m" => TimeSpan.TicksPerMinute,
            "s" => TimeSpan.TicksPerSecond,
            "ms" => TimeSpan.TicksPerMillisecond,
            "us" or "µs" => TimeSpan.TicksPerMicrosecond,
            "ns" => 0.01m,
            _ => 0m,
        };
        // Beyond this the multiplication might leave the decimal range; the result would be refused anyway.
        if (unitTicks == 0m || count > long.MaxValue)
        {
            return false;
        }
        ticks += count * unitTicks;
        return true;
    }

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
}
