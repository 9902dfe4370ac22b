using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Copilot;
using Approvals.Copilot.Cards;

namespace Approvals.Api.Handlers;

/// <summary>The copilot's tools as functions: their descriptions, and one call of one.</summary>
internal static class CopilotHandlers
{
    public static ValueTask<Reply> ListAsync(Call call) => new(Reply.Ok(call.Services.Copilot, static (json, tools) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("tools"u8);
        foreach (var tool in tools.All)
        {
            Write(json, tool);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    public static async ValueTask<Reply> RunAsync(Call call)
    {
        if (call.Services.Copilot.Find(call.Path("name")) is not { } tool)
        {
            return call.Refuse(Problem.NotFound);
        }
        var answer = await CopilotTools.RunAsync(tool, call, call.Body);
        return answer.Refusal is { } refusal ? call.Refuse(refusal) : Reply.Ok(answer.Cards, CardJson.Write);
    }

    /// <summary>As the Responses API takes it.</summary>
    private static void Write(Utf8JsonWriter json, ICopilotTool tool)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteString("name"u8, tool.Name);
        json.WriteString("description"u8, tool.Description);
        json.Value("parameters"u8, tool.Parameters);
        json.WriteEndObject();
    }
}
