using Approvals.Api.Http;
using Approvals.Values;

namespace Approvals.Copilot.Mcp;

/// <summary>Answers one JSON-RPC message: initialize, ping, tools/list, tools/call. Notifications and answers are taken and need none.</summary>
internal static class McpServer
{
    public static async ValueTask<Reply> AnswerAsync(Call call)
    {
        var message = call.Body;
        if (message.Kind != ValueKind.Map || !(message.TryGet("jsonrpc", out var version) && Text(version) == "2.0"))
        {
            return McpReply.Error(Value.Null, McpReply.InvalidRequest, "Send one JSON-RPC 2.0 message.", 400);
        }
        var hasMethod = message.TryGet("method", out var method);
        if (!message.TryGet("id", out var id) || !hasMethod)
        {
            return Reply.Accepted;
        }
        if (id.Kind is not (ValueKind.String or ValueKind.Int or ValueKind.Double))
        {
            return McpReply.Error(Value.Null, McpReply.InvalidRequest, "An id is text or a number.", 400);
        }
        message.TryGet("params", out var parameters);
        return Text(method) switch
        {
            "initialize" => McpReply.Initialized(id, McpVersions.Agreed(Member(parameters, "protocolVersion"))),
            "ping" => McpReply.Empty(id),
            "tools/list" => McpReply.Tools(id, call.Services.Copilot),
            "tools/call" => await CallAsync(call, id, parameters),
            _ => McpReply.Error(id, McpReply.MethodNotFound, "There is no such method."),
        };
    }

    private static async ValueTask<Reply> CallAsync(Call call, Value id, Value parameters)
    {
        if (call.Services.Copilot.Find(Member(parameters, "name")) is not { } tool)
        {
            return McpReply.Error(id, McpReply.InvalidParameters, "There is no such tool.");
        }
        var arguments = parameters.TryGet("arguments", out var sent) && !sent.IsNull ? sent : Value.Map();
        return McpReply.Called(id, await CopilotTools.RunAsync(tool, call, arguments), call.TraceId);
    }

    private static string Member(Value parameters, string name) => parameters.TryGet(name, out var member) ? Text(member) : "";

    private static string Text(Value value) => value.Kind == ValueKind.String ? value.AsString() : "";
}
