using System.Text.Json.Serialization;

namespace Approvals.Chains.Levels;

/// <summary>When a rejection rejects the whole request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RejectionRule>))]
public enum RejectionRule
{
    /// <summary>Any rejection rejects the request.</summary>
    [JsonStringEnumMemberName("veto")] Veto,

    /// <summary>Rejected once approval can no longer be reached.</summary>
    [JsonStringEnumMemberName("whenUnreachable")] WhenUnreachable,
}
