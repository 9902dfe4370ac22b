using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Approvals.Chains.Levels;

/// <summary>Working days, hours and holidays in one time zone, by which a level's time to respond is counted.</summary>
public sealed record BusinessCalendar
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ImmutableArray<DayOfWeek> WorkDays { get; init => field = value.OrEmpty(); } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeOnly Opens { get; init; } = new(9, 0);

    /// <summary>Midnight (00:00) means the end of the day; a time before <see cref="Opens"/> is on the next day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeOnly Closes { get; init; } = new(17, 0);

    /// <summary>The day's further hours, later than <see cref="Closes"/>, in order.</summary>
    public ImmutableArray<WorkingHours> MoreHours { get; init => field = value.OrEmpty(); } = [];

    /// <summary>All hours of a working day. Those that end on the next day belong to the day on which they begin.</summary>
    [JsonIgnore]
    public ImmutableArray<WorkingHours> Hours => [new WorkingHours(Opens, Closes), .. MoreHours];

    public ImmutableArray<DateOnly> Holidays { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Holidays of every year: month and day, e.g. <c>12-25</c>.</summary>
    public ImmutableArray<string> YearlyHolidays { get; init => field = value.OrEmpty(); } = [];

    /// <summary>IANA id, e.g. <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }
}
