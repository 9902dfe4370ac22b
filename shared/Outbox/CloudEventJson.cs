using System.Buffers;
using Approvals.Values;

namespace Approvals.Outbox;

/// <summary>An event in the structured JSON form of CloudEvents 1.0: the same bytes at every delivery.</summary>
public static class CloudEventJson
{
    public const string ContentType = "application/cloudevents+json";

    public static byte[] Write(OutboxEvent happened)
    {
        using var output = PooledOutput.Rent();
        Write(output, happened);
        return output.Written.ToArray();
    }

    public static void Write(IBufferWriter<byte> output, OutboxEvent happened)
    {
        output.Write("{\"specversion\":\"1.0\",\"id\":"u8);
        Text(output, happened.Id);
        output.Write(",\"source\":"u8);
        Text(output, SourceOf(happened));
        output.Write(",\"type\":"u8);
        Text(output, happened.Type);
        output.Write(",\"subject\":"u8);
        Text(output, happened.RequestId);
        output.Write(",\"time\":"u8);
        Text(output, Rfc3339.Format(happened.Time));
        output.Write(",\"datacontenttype\":\"application/json\",\"data\":"u8);
        output.Write(happened.Body.Span);
        output.Write("}"u8);
    }

    /// <summary>A URI reference: the request, or what else changed.</summary>
    public static string SourceOf(OutboxEvent happened)
    {
        var kind = happened.Type switch
        {
            EventType.PolicyPublished => "policies",
            EventType.DelegationChanged => "delegations",
            EventType.DirectoryChanged => "people",
            _ => "requests",
        };
        return $"/tenants/{Uri.EscapeDataString(happened.Tenant)}/{kind}/{Uri.EscapeDataString(happened.RequestId)}";
    }

    private static void Text(IBufferWriter<byte> output, string text) => JsonText.Write(Value.From(text), output);
}
