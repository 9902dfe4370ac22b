using System.Text;
using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Copilot.Cards;
using Approvals.Values;

namespace Approvals.Copilot.Mcp;

/// <summary>JSON-RPC answers as MCP has them.</summary>
internal static class McpReply
{
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParameters = -32602;

    private const string Instructions =
        "Explains, suggests and warns about approvals, and asks for them. No tool approves, rejects or executes anything: a card's 'apply' is for a signed-in person.";

    private static readonly Value OutputSchema = JsonText.Parse("""
        { "type": "object", "required": ["cards"], "properties": { "cards": { "type": "array", "items": { "type": "object",
          "required": ["title", "summary", "confidence", "why", "provenance"], "properties": {
            "title": { "type": "string" }, "summary": { "type": "string" }, "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
            "why": { "type": "array", "items": { "type": "string" } },
            "provenance": { "type": "array", "items": { "type": "object", "required": ["source", "ref"],
              "properties": { "source": { "type": "string" }, "ref": { "type": "string" } } } },
            "apply": { "type": "object", "required": ["method", "href", "body", "requires"],
              "properties": { "method": { "type": "string" }, "href": { "type": "string" }, "body": {}, "requires": { "type": "string" } } } } } } } }
        """);

    public static Reply Initialized(Value id, string version) => Result(id, version, static (json, version) =>
    {
        json.WriteString("protocolVersion"u8, version);
        json.WriteStartObject("capabilities"u8);
        json.WriteStartObject("tools"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("serverInfo"u8);
        json.WriteString("name"u8, "approvals"u8);
        json.WriteString("version"u8, "1.0.0"u8);
        json.WriteEndObject();
        json.WriteString("instructions"u8, Instructions);
    });

    public static Reply Empty(Value id) => Result(id, 0, static (_, _) => { });

    public static Reply Tools(Value id, CopilotTools tools) => Result(id, tools, static (json, tools) =>
    {
        json.WriteStartArray("tools"u8);
        foreach (var tool in tools.All)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            json.WriteString("description"u8, tool.Description);
            json.Value("inputSchema"u8, tool.Parameters);
            json.Value("outputSchema"u8, OutputSchema);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The cards, as text too; a refusal is an error of the tool, so that a model can read what was wrong.</summary>
    public static Reply Called(Value id, ToolAnswer answer, string traceId) => Result(id, (answer, traceId), static (json, content) =>
    {
        var (answer, traceId) = content;
        var text = Body(inner =>
        {
            if (answer.Refusal is { } refusal)
            {
                refusal.Write(inner, traceId);
            }
            else
            {
                CardJson.Write(inner, answer.Cards);
            }
        });
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        json.WriteEndArray();
        if (answer.Refusal is null)
        {
            json.WritePropertyName("structuredContent"u8);
            json.WriteRawValue(text, skipInputValidation: true);
        }
        json.WriteBoolean("isError"u8, answer.Refusal is not null);
    });

    public static Reply Error(Value id, int code, string message, int status = 200) => Reply.Of(status, (id, code, message), static (json, content) =>
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.Value("id"u8, content.id);
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, content.code);
        json.WriteString("message"u8, content.message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static Reply Result<T>(Value id, T content, Action<Utf8JsonWriter, T> members) => Reply.Ok((id, content, members), static (json, all) =>
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.Value("id"u8, all.id);
        json.WriteStartObject("result"u8);
        all.members(json, all.content);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static string Body(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
