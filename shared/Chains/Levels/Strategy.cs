using System.Text.Json.Serialization;

namespace Approvals.Chains.Levels;

/// <summary>How many answers pass a group.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Strategy>))]
public enum Strategy
{
    /// <summary>Every approver approves.</summary>
    [JsonStringEnumMemberName("all")] All,

    /// <summary>One approval is enough.</summary>
    [JsonStringEnumMemberName("any")] Any,

    /// <summary>The first response, approve or reject, decides.</summary>
    [JsonStringEnumMemberName("first")] First,

    /// <summary>A number or a share of the approvers; see <see cref="Quorum"/>.</summary>
    [JsonStringEnumMemberName("quorum")] Quorum,
}
