using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Approvals.Client.AspNetCore;

/// <summary>A call as a payload: <c>{method, path, query?, user?, body?}</c>.</summary>
internal static class CallPayload
{
    public static JsonElement Of(HttpContext http, JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("method", http.Request.Method);
            json.WriteString("path", (http.Request.PathBase + http.Request.Path).Value);
            if (http.Request.QueryString.HasValue)
            {
                json.WriteString("query", http.Request.QueryString.Value);
            }
            if (http.User.Identity is { IsAuthenticated: true, Name: { } name })
            {
                json.WriteString("user", name);
            }
            if (body.ValueKind != JsonValueKind.Undefined)
            {
                json.WritePropertyName("body");
                body.WriteTo(json);
            }
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
