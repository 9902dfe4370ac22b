using System.Globalization;

namespace Approvals;

/// <summary>Whole days of a time zone, as instants. A day begins when its first moment comes, wherever clocks skip or repeat midnight.</summary>
public static class LocalDay
{
    /// <summary>Reads a date such as <c>2026-03-01</c>.</summary>
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <returns>UTC; what leaves the range of time ends at its edge.</returns>
    public static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Of a time that clocks skip the offset is the one before; of one that they show twice the larger one comes first.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        var ticks = Math.Clamp(midnight.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>Exclusive: when the next day begins.</summary>
    public static DateTimeOffset End(DateOnly day, TimeZoneInfo zone) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Start(day.AddDays(1), zone);
}
