using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Outbox;

namespace Approvals.Api.Handlers;

/// <summary>Lines of a text/event-stream. JSON has no raw line breaks, so that one <c>data</c> line is enough.</summary>
internal static class EventLines
{
    /// <summary>Tells the client how soon to come back, in milliseconds, and opens the stream at once.</summary>
    public static void Greet(PipeWriter output) => output.Write("retry: 2000\n\n"u8);

    public static void KeepAlive(PipeWriter output) => output.Write(": alive\n\n"u8);

    public static void Write(PipeWriter output, OutboxRecord record)
    {
        using var body = ReplyBody.Rent();
        CloudEvent(body.Json, record.Event);
        body.Json.Flush();
        output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {record.Position}\nevent: {record.Event.Type}\ndata: ")));
        output.Write(body.Written.Span);
        output.Write("\n\n"u8);
    }

    private static void CloudEvent(Utf8JsonWriter json, OutboxEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, happened.Id);
        json.WriteString("source"u8, $"/tenants/{happened.Tenant}/requests/{happened.RequestId}");
        json.WriteString("type"u8, happened.Type);
        json.Instant("time"u8, happened.Time);
        json.WriteString("datacontenttype"u8, "application/json"u8);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(happened.Body.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}
