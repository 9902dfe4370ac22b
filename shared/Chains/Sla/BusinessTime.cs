using System.Collections.Immutable;
using Approvals.Chains.Levels;

namespace Approvals.Chains.Sla;

/// <summary>Adds working time to an instant.</summary>
public static class BusinessTime
{
    /// <summary>Ten years: whatever needs more days than this is a mistake in a policy, and ends there.</summary>
    private const int MaxDays = 3660;

    // At the edges of time an offset would lead out of it.
    private static readonly DateOnly First = DateOnly.MinValue.AddDays(2);
    private static readonly DateOnly Last = DateOnly.MaxValue.AddDays(-2);

    /// <summary>
    /// The instant by which <paramref name="duration"/> has passed: as working time of the calendar, or by the wall clock where there is
    /// none (or one without any working time). Never throws; what leaves the range of time ends at its edge.
    /// </summary>
    /// <returns>UTC.</returns>
    public static DateTimeOffset Add(DateTimeOffset from, TimeSpan duration, BusinessCalendar? calendar)
    {
        from = from.ToUniversalTime();
        if (duration <= TimeSpan.Zero)
        {
            return from;
        }
        return calendar is null || DayLength(calendar) == TimeSpan.Zero ? Later(from, duration) : AddWorking(from, duration, calendar);
    }

    /// <summary>
    /// The instant by which so many working days have passed: as late in its hours as <paramref name="from"/> is in the hours of its own day. Outside of
    /// hours the first day is the next that opens, and the last one's end is the result. Without a calendar, a day is 24 hours.
    /// </summary>
    /// <returns>UTC.</returns>
    public static DateTimeOffset AddDays(DateTimeOffset from, int days, BusinessCalendar? calendar)
    {
        from = from.ToUniversalTime();
        if (days <= 0)
        {
            return from;
        }
        return calendar is null || DayLength(calendar) == TimeSpan.Zero
            ? Later(from, TimeSpan.FromDays(days))
            : AddWorkingDays(from, days, calendar);
    }

    /// <summary>A duration in hours of work, so that those in days and those in hours compare.</summary>
    /// <param name="days">Working days, in place of the duration; 0: that one counts.</param>
    public static TimeSpan Length(TimeSpan duration, int days, BusinessCalendar? calendar) =>
        days > 0 && calendar is not null ? days * DayLength(calendar) : duration;

    /// <summary>Working time of one day by the clock; zero for a calendar without any.</summary>
    public static TimeSpan DayLength(BusinessCalendar calendar) => calendar.WorkDays.IsEmpty
        ? TimeSpan.Zero
        : calendar.Hours.Aggregate(TimeSpan.Zero, static (sum, hours) => sum + hours.Length);

    private static DateTimeOffset AddWorking(DateTimeOffset from, TimeSpan remaining, BusinessCalendar calendar)
    {
        foreach (var span in WorkingDays(from, calendar).SelectMany(static day => day).Where(span => span.Closes > from))
        {
            var start = span.Opens > from ? span.Opens : from;
            var open = span.Closes - start;
            if (remaining <= open)
            {
                return start + remaining;
            }
            remaining -= open;
        }
        return Later(from, TimeSpan.FromDays(MaxDays));
    }

    private static DateTimeOffset AddWorkingDays(DateTimeOffset from, int days, BusinessCalendar calendar)
    {
        using var day = WorkingDays(from, calendar).SkipWhile(spans => spans[^1].Closes <= from).GetEnumerator();
        if (!day.MoveNext())
        {
            return Later(from, TimeSpan.FromDays(MaxDays));
        }
        var place = 0;
        while (day.Current[place].Closes <= from)
        {
            place++;
        }
        var late = from - day.Current[place].Opens;
        if (late <= TimeSpan.Zero)
        {
            // Hours that have not begun: work stands where the hours before them ended.
            days -= place == 0 ? 1 : 0;
            place = place == 0 ? day.Current.Length - 1 : place - 1;
            late = TimeSpan.MaxValue;
        }
        for (; days > 0; days--)
        {
            if (!day.MoveNext())
            {
                return Later(from, TimeSpan.FromDays(MaxDays));
            }
        }
        var (opens, closes) = day.Current[place];
        return late < closes - opens ? opens + late : closes;
    }

    /// <summary>The hours of each working day, from the day before on: its hours may reach into this one.</summary>
    private static IEnumerable<ImmutableArray<WorkingSpan>> WorkingDays(DateTimeOffset from, BusinessCalendar calendar)
    {
        var zone = WorkingSpan.Zone(calendar);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        date = date > First ? date.AddDays(-1) : First;
        for (var day = 0; day <= MaxDays && date < Last; day++, date = date.AddDays(1))
        {
            if (WorkingSpan.On(date, calendar, zone) is { IsEmpty: false } spans)
            {
                yield return spans;
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset from, TimeSpan duration) =>
        duration < DateTimeOffset.MaxValue - from ? from + duration : DateTimeOffset.MaxValue;
}
