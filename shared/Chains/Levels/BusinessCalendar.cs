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

    /// <summary>Later than <see cref="Opens"/>; midnight (00:00) means the end of the day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TimeOnly Closes { get; init; } = new(17, 0);

    public ImmutableArray<DateOnly> Holidays { get; init => field = value.OrEmpty(); } = [];

    /// <summary>IANA id, e.g. <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }
}
