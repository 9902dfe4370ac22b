using System.Security.Cryptography;
using System.Text;
using Approvals.Outbox;
using Approvals.Values;
using Azure.Messaging.ServiceBus;

namespace Approvals.Functions.ServiceBus;

/// <summary>An event as a Service Bus message: a structured CloudEvent, with what subscriptions filter on beside it (docs/events.md).</summary>
internal static class EventMessage
{
    /// <summary>Of a MessageId and of a SessionId, in characters (Service Bus quotas).</summary>
    private const int MaxIdLength = 128;

    /// <summary>Members of the event's data that are worth a filter.</summary>
    private static readonly string[] Filters = ["actionType", "requestType", "level", "final", "outcome"];

    /// <summary>The same at every delivery, so that duplicate detection knows a repeat.</summary>
    public static ServiceBusMessage Of(OutboxEvent happened)
    {
        var message = new ServiceBusMessage(CloudEventJson.Write(happened))
        {
            ContentType = CloudEventJson.ContentType,
            MessageId = Short(happened.Id),
            SessionId = Short($"{happened.Tenant}:{happened.RequestId}"),
            Subject = happened.Type,
        };
        var properties = message.ApplicationProperties;
        properties["tenant"] = happened.Tenant;
        properties["requestId"] = happened.RequestId;
        properties["type"] = happened.Type;
        if (JsonText.TryParse(happened.Body.Span, out var body, out _))
        {
            foreach (var name in Filters)
            {
                if (body.TryGet(name, out var value) && Plain(value) is { } plain)
                {
                    properties[name] = plain;
                }
            }
        }
        if (StatusAfter(happened.Type, properties.TryGetValue("final", out var final) && final is true) is { } status)
        {
            properties["status"] = status;
        }
        return message;
    }

    /// <summary>Where the event alone says how the request stands.</summary>
    private static string? StatusAfter(string type, bool final) => type switch
    {
        EventType.Approved when final => "approved",
        EventType.Rejected => "rejected",
        EventType.Withdrawn => "withdrawn",
        EventType.Expired => "expired",
        EventType.ChangesRequested => "changes_requested",
        EventType.Overridden => "in_review",
        _ => null,
    };

    private static object? Plain(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString(),
        ValueKind.Bool => value.AsBool(),
        // Numbers of JSON are doubles; those here count something.
        ValueKind.Double => (long)value.AsDouble(),
        _ => null,
    };

    /// <summary>As it is where it fits, else its SHA-256, which is as good a name.</summary>
    private static string Short(string id) =>
        id.Length <= MaxIdLength ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
