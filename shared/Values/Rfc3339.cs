using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Approvals.Values;

/// <summary>RFC 3339 timestamps: <c>2026-03-01T09:30:00Z</c>, with up to seven decimals of a second.</summary>
public static class Rfc3339
{
    /// <summary>Characters, with all seven decimals.</summary>
    internal const int Longest = 28;

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
        shaped = string.Concat(upper.AsSpan(0, Math.Min(end, 27)), offset);
        return true;
    }
}
