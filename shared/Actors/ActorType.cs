using System.Text.Json.Serialization;

namespace Approvals.Actors;

/// <summary>Only a <see cref="Human"/> may ever decide.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActorType>))]
public enum ActorType
{
    [JsonStringEnumMemberName("human")] Human,
    [JsonStringEnumMemberName("agent")] Agent,
    [JsonStringEnumMemberName("system")] System,
}
