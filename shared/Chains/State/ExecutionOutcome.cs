using System.Text.Json.Serialization;

namespace Approvals.Chains.State;

/// <summary>What is known of an execution. A claim without a report becomes <see cref="Unknown"/> after a while.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionOutcome>))]
public enum ExecutionOutcome
{
    [JsonStringEnumMemberName("claimed")] Claimed,
    [JsonStringEnumMemberName("succeeded")] Succeeded,
    [JsonStringEnumMemberName("failed")] Failed,
    [JsonStringEnumMemberName("unknown")] Unknown,
}
