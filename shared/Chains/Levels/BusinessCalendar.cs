using System.Collections.Immutable;

namespace Approvals.Chains.Levels;

/// <summary>Working days, hours and holidays in one time zone, by which a level's time to respond is counted.</summary>
public sealed record BusinessCalendar
{
    public ImmutableArray<DayOfWeek> WorkDays { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public TimeOnly Opens { get; init; } = new(9, 0);

    /// <summary>Later than <see cref="Opens"/>; midnight (00:00) means the end of the day.</summary>
    public TimeOnly Closes { get; init; } = new(17, 0);

    public ImmutableArray<DateOnly> Holidays { get; init; } = [];

    /// <summary>IANA id, e.g. <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }
}
