using System.Text.Json;

namespace Approvals.Subscriber;

/// <summary>An event as it stands in a message's body: CloudEvents 1.0, structured JSON.</summary>
/// <param name="Source"><c>/tenants/{tenant}/requests/{id}</c>.</param>
public sealed record CloudEvent(string Id, string Type, string Source, DateTimeOffset Time, JsonElement Data)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static CloudEvent Read(BinaryData body) =>
        body.ToObjectFromJson<CloudEvent>(Web) ?? throw new FormatException("The body is no CloudEvent.");
}
