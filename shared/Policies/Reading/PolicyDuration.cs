using System.Globalization;
using Approvals.Chains.Levels;

namespace Approvals.Policies.Reading;

/// <summary>
/// Durations as policies write them: a whole number and one unit, <c>90s</c>, <c>30m</c>, <c>48h</c>, <c>7d</c>; a day is 24 hours, or beside a calendar one
/// of its working days.
/// </summary>
public static class PolicyDuration
{
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Most = TimeSpan.FromDays(366);

    /// <summary>False for another form and for less than a second or more than 366 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length is < 2 or > 10
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }
        var seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        // Nine digits of days still fit into a long of seconds.
        duration = TimeSpan.FromSeconds(Math.Min(count * seconds, (long)Most.TotalSeconds + 1));
        return duration >= Least && duration <= Most;
    }

    /// <summary>Of a duration that is written in days, how many; else 0.</summary>
    public static int Days(string text) => text[^1] == 'd' && TryParse(text, out var duration) ? duration.Days : 0;

    public static string FormatDays(int days) => string.Create(CultureInfo.InvariantCulture, $"{days}d");

    /// <summary>In the largest unit that divides it: 48 hours are <c>2d</c>; but beside a calendar <c>48h</c>, since its days are working days.</summary>
    public static string Format(TimeSpan duration, BusinessCalendar? calendar = null)
    {
        var seconds = (long)duration.TotalSeconds;
        var (unit, name) = (seconds % 86400, seconds % 3600, seconds % 60) switch
        {
            (0, _, _) when calendar is null => (86400, "d"),
            (_, 0, _) => (3600, "h"),
            (_, _, 0) => (60, "m"),
            _ => (1, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / unit}{name}");
    }

    /// <summary>What was probably meant by a number or by another spelling, or null.</summary>
    internal static string? Suggestion(Values.Value value)
    {
        var text = value.ToString().Trim('"').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is 0 || text.Length > 20)
        {
            return null;
        }
        var (count, unit) = digits < 0 ? (text, "h") : (text[..digits], text[digits..]);
        var guess = count + unit[0];
        return TryParse(guess, out _) ? guess : null;
    }
}
