using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Approvals.Client.AI;

/// <summary>A tool's arguments as the payload of a gate call, and back.</summary>
internal static class ToolPayload
{
    public static JsonElement Of(IEnumerable<KeyValuePair<string, object?>>? arguments, JsonSerializerOptions options)
    {
        var payload = new JsonObject();
        foreach (var (name, value) in arguments ?? [])
        {
            payload[name] = value is null ? null : JsonSerializer.SerializeToNode(value, options.GetTypeInfo(value.GetType()));
        }
        return JsonElement.Parse(payload.ToJsonString());
    }

    /// <summary>The approved arguments, with the services and the context of the call.</summary>
    public static AIFunctionArguments Arguments(JsonElement approved, AIFunctionArguments call) =>
        new(approved.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal))
        {
            Services = call.Services,
            Context = call.Context,
        };
}
