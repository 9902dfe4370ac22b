using Approvals.Chains.Levels;

namespace Approvals.Chains.Sla;

/// <summary>The working hours of one date, as instants. A day on which clocks change is an hour longer or shorter where they cross it.</summary>
internal readonly record struct WorkingDay(DateTimeOffset Opens, DateTimeOffset Closes)
{
    public static bool IsAny(BusinessCalendar calendar) =>
        !calendar.WorkDays.IsDefaultOrEmpty && (calendar.Closes > calendar.Opens || calendar.Closes == TimeOnly.MinValue);

    /// <summary>An unknown zone counts as UTC; policies with one are refused when they are saved.</summary>
    public static TimeZoneInfo Zone(BusinessCalendar calendar) =>
        calendar.TimeZone is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public static WorkingDay? On(DateOnly date, BusinessCalendar calendar, TimeZoneInfo zone)
    {
        if (!calendar.WorkDays.Contains(date.DayOfWeek) || calendar.Holidays.OrEmpty().Contains(date))
        {
            return null;
        }
        var end = calendar.Closes == TimeOnly.MinValue ? date.AddDays(1) : date;
        return new(Instant(date.ToDateTime(calendar.Opens), zone, first: true), Instant(end.ToDateTime(calendar.Closes), zone, first: false));
    }

    /// <summary>
    /// A local time that clocks skip is the moment at which they go forward. One that they show twice opens the day the first
    /// time and closes it the second time.
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
