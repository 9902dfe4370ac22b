using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Chains.Sla;

/// <summary>Working hours of one date, as instants. Where clocks change within them they are an hour longer or shorter.</summary>
internal readonly record struct WorkingSpan(DateTimeOffset Opens, DateTimeOffset Closes)
{
    /// <summary>An unknown zone counts as UTC; policies with one are refused when they are saved.</summary>
    public static TimeZoneInfo Zone(BusinessCalendar calendar) =>
        calendar.TimeZone is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Of the hours that begin on a date, in order; empty on a day off.</summary>
    public static ImmutableArray<WorkingSpan> On(DateOnly date, BusinessCalendar calendar, TimeZoneInfo zone) =>
        calendar.WorkDays.Contains(date.DayOfWeek) && !calendar.Holidays.Contains(date)
            && !calendar.YearlyHolidays.Contains(date.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            ? [.. calendar.Hours.Where(hours => hours.Length > TimeSpan.Zero).Select(hours => Of(date, hours, zone))]
            : [];

    private static WorkingSpan Of(DateOnly date, WorkingHours hours, TimeZoneInfo zone)
    {
        var end = hours.Closes <= hours.Opens ? date.AddDays(1) : date;
        return new(Instant(date.ToDateTime(hours.Opens), zone, first: true), Instant(end.ToDateTime(hours.Closes), zone, first: false));
    }

    /// <summary>
    /// A local time that clocks skip is the moment at which they go forward. One that they show twice opens the first
    /// time and closes the second time.
    /// </summary>
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone, bool first)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }
        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return new DateTimeOffset(local, first ? offsets.Max() : offsets.Min()).ToUniversalTime();
    }
}
