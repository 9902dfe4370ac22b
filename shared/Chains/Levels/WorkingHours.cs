using System.Text.Json.Serialization;

namespace Approvals.Chains.Levels;

/// <summary>Hours without a break, by the clock of a calendar's time zone.</summary>
/// <param name="Opens">Time of day.</param>
/// <param name="Closes">Midnight (00:00) means the end of the day; a time before <paramref name="Opens"/> is on the next day.</param>
public readonly record struct WorkingHours(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] TimeOnly Opens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] TimeOnly Closes)
{
    /// <summary>As the clock has it when it is not changed; zero where both times are the same, midnight apart.</summary>
    [JsonIgnore]
    public TimeSpan Length => Opens == Closes && Closes == TimeOnly.MinValue ? TimeSpan.FromDays(1) : Closes - Opens;
}
