using System.Text.Json.Serialization;

namespace Approvals.Chains.Levels;

/// <summary>What happens when a level's time to respond is over.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TimeoutAction>))]
public enum TimeoutAction
{
    [JsonStringEnumMemberName("escalate")] Escalate,
    [JsonStringEnumMemberName("expire")] Expire,
    [JsonStringEnumMemberName("reject")] Reject,
    [JsonStringEnumMemberName("autoApprove")] AutoApprove,
}
