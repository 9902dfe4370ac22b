using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Approvals.Values;

/// <summary>RFC 3339 timestamps: <c>2026-03-01T09:30:00Z</c>, with up to seven decimals of a second, or nine in conditions.</summary>
public static class Rfc3339
{
    /// <summary>Characters, with all seven decimals.</summary>
    internal const int Longest = 28;

    /// <summary>The last nanosecond of the year 9999, since the year 1.</summary>
    internal static readonly Int128 LastNano = ((Int128)DateTimeOffset.MaxValue.Ticks * NanosPerTick) + NanosPerTick - 1;

    private const int NanosPerTick = 100;

    /// <summary>Where the decimals begin that a tick does not hold.</summary>
    private const int EndOfTicks = 27;

    /// <summary>The instant in UTC, without needless decimals.</summary>
    public static string Format(DateTimeOffset instant) => Write(instant, stackalloc char[Longest]).ToString();

    /// <inheritdoc cref="Format"/>
    /// <param name="text">At least <see cref="Longest"/>.</param>
    /// <returns>The part that was written.</returns>
    internal static ReadOnlySpan<char> Write(DateTimeOffset instant, Span<char> text)
    {
        instant.UtcDateTime.TryFormat(text, out var written, "O", CultureInfo.InvariantCulture);
        var end = text[..(written - 1)].TrimEnd('0').TrimEnd('.').Length;
        text[end] = 'Z';
        return text[..(end + 1)];
    }

    /// <inheritdoc cref="Format(DateTimeOffset)"/>
    /// <param name="nanos">Since the year 1.</param>
    internal static string Format(Int128 nanos)
    {
        var (ticks, rest) = Int128.DivRem(nanos, NanosPerTick);
        var instant = new DateTimeOffset((long)ticks, TimeSpan.Zero);
        return rest == 0
            ? Format(instant)
            : string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}{(int)rest:00}").TrimEnd('0') + "Z";
    }

    /// <summary>As <see cref="TryParse"/>, to the nanosecond.</summary>
    /// <param name="nanos">Since the year 1.</param>
    internal static bool TryParseNanos(string? text, out Int128 nanos)
    {
        nanos = 0;
        if (!TryParse(text, out var instant))
        {
            return false;
        }
        nanos = (Int128)instant.UtcTicks * NanosPerTick;
        var decimals = text![19] == '.' ? text.AsSpan(20).IndexOfAnyExceptInRange('0', '9') : 0;
        nanos += decimals > EndOfTicks - 20 ? 10 * (text[EndOfTicks] - '0') : 0;
        nanos += decimals > EndOfTicks - 19 ? text[EndOfTicks + 1] - '0' : 0;
        return true;
    }

    /// <summary>Reads a date-time with its offset. Digits beyond 100 ns are dropped; leap seconds are refused.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is not null && IsShaped(text, out var seconds)
            && DateTimeOffset.TryParseExact(
                seconds, ReadFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out instant);
    }

    private static readonly string[] ReadFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Cuts the decimals to seven and sees to what <c>TryParseExact</c> would let pass: a missing offset, a bare point.</summary>
    private static bool IsShaped(string text, [NotNullWhen(true)] out string? shaped)
    {
        shaped = null;
        if (text.Length is < 20 or > 64 || !char.IsAsciiDigit(text[18]))
        {
            return false;
        }
        var upper = text.ToUpperInvariant();
        var end = 19;
        if (upper[19] == '.')
        {
            for (end = 20; end < upper.Length && char.IsAsciiDigit(upper[end]); end++)
            {
            }
            if (end == 20)
            {
                return false;
            }
        }
        var offset = upper[end..];
        if (offset != "Z" && (offset.Length != 6 || offset[0] is not ('+' or '-') || offset[3] != ':'))
        {
            return false;
        }
        shaped = string.Concat(upper.AsSpan(0, Math.Min(end, EndOfTicks)), offset);
        return true;
    }
}
