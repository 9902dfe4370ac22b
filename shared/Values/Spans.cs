using System.Globalization;

namespace Approvals.Values;

/// <summary>Durations as policies, settings and verbs write them: <c>90s</c>, <c>30m</c>, <c>48h</c>, <c>7d</c>.</summary>
public static class Spans
{
    /// <summary>Ten years: nothing here is meant to last longer, and no date overflows by it.</summary>
    private const double MaxDays = 3660;

    public static bool TryRead(string? text, out TimeSpan span)
    {
        span = default;
        if (text is not { Length: >= 2 and <= 12 } || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }
        var days = text[^1] switch
        {
            's' => count / 86400.0,
            'm' => count / 1440.0,
            'h' => count / 24.0,
            'd' => count,
            _ => double.NaN,
        };
        if (double.IsNaN(days) || days > MaxDays)
        {
            return false;
        }
        span = TimeSpan.FromSeconds(Math.Round(days * 86400));
        return true;
    }
}
