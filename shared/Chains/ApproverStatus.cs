using System.Text.Json.Serialization;

namespace Approvals.Chains;

/// <summary>Status of one approver's place in a level.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApproverStatus>))]
public enum ApproverStatus
{
    [JsonStringEnumMemberName("waiting")] Waiting,
    [JsonStringEnumMemberName("approved")] Approved,
    [JsonStringEnumMemberName("rejected")] Rejected,
    [JsonStringEnumMemberName("reassigned")] Reassigned,
}
