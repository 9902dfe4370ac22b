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
        return calendar is null || !WorkingDay.IsAny(calendar) ? Later(from, duration) : AddWorking(from, duration, calendar);
    }

    private static DateTimeOffset AddWorking(DateTimeOffset from, TimeSpan remaining, BusinessCalendar calendar)
    {
        var zone = WorkingDay.Zone(calendar);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        for (var day = 0; day < MaxDays && date < Last; day++, date = date.AddDays(1))
        {
            if (date < First || WorkingDay.On(date, calendar, zone) is not { } hours || hours.Closes <= from)
            {
                continue;
            }
            var start = hours.Opens > from ? hours.Opens : from;
            var open = hours.Closes - start;
            if (remaining <= open)
            {
                return start + remaining;
            }
            remaining -= open;
        }
        return Later(from, TimeSpan.FromDays(MaxDays));
    }

    private static DateTimeOffset Later(DateTimeOffset from, TimeSpan duration) =>
        duration < DateTimeOffset.MaxValue - from ? from + duration : DateTimeOffset.MaxValue;
}
