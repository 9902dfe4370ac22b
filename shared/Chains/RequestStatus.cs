using System.Text.Json.Serialization;

namespace Approvals.Chains;

/// <summary>Life of a request. Terminal: approved, rejected (unless overridden), withdrawn, expired.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestStatus>))]
public enum RequestStatus
{
    [JsonStringEnumMemberName("draft")] Draft,
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("in_review")] InReview,
    [JsonStringEnumMemberName("changes_requested")] ChangesRequested,
    [JsonStringEnumMemberName("escalated")] Escalated,
    [JsonStringEnumMemberName("approved")] Approved,
    [JsonStringEnumMemberName("rejected")] Rejected,
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,
    [JsonStringEnumMemberName("expired")] Expired,
}
