using System.Text.Json.Serialization;

namespace Approvals.Chains.Sla;

/// <summary>Something that time will do to a request.</summary>
/// <param name="At">UTC.</param>
public readonly record struct DueItem(DateTimeOffset At, DueKind Kind);

/// <summary>Which command is due.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DueKind>))]
public enum DueKind
{
    /// <summary><see cref="Command.Remind"/>.</summary>
    [JsonStringEnumMemberName("remind")] Remind,

    /// <summary><see cref="Command.TimeOut"/>, with the current level's resolution.</summary>
    [JsonStringEnumMemberName("timeOut")] TimeOut,

    /// <summary><see cref="Command.ReportOverdue"/>.</summary>
    [JsonStringEnumMemberName("overdue")] Overdue,

    /// <summary><see cref="Command.AbandonExecution"/>.</summary>
    [JsonStringEnumMemberName("abandonExecution")] AbandonExecution,
}
