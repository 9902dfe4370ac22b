using System.Text.Json.Serialization;

namespace Approvals.Chains;

/// <summary>Status of one level. <see cref="Escalated"/> is a level held open by its escalation target.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LevelStatus>))]
public enum LevelStatus
{
    [JsonStringEnumMemberName("waiting")] Waiting,
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("approved")] Approved,
    [JsonStringEnumMemberName("rejected")] Rejected,
    [JsonStringEnumMemberName("skipped")] Skipped,
    [JsonStringEnumMemberName("escalated")] Escalated,
    [JsonStringEnumMemberName("expired")] Expired,
}
