using System.Text.Json.Serialization;

namespace Approvals.Chains.State;

/// <summary>How a request was started. Only the gate's have a grant at the end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestOrigin>))]
public enum RequestOrigin
{
    /// <summary>By somebody, without the gate: there is an answer, but nothing to execute by it.</summary>
    [JsonStringEnumMemberName("direct")] Direct,

    /// <summary>By a gate call, whose caller executes what was approved.</summary>
    [JsonStringEnumMemberName("gate")] Gate,

    /// <summary>By the service, for a change of its own (publication, retirement, delegation), which it makes itself once that is approved.</summary>
    [JsonStringEnumMemberName("service")] Service,
}
