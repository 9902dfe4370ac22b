using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Copilot.Mcp;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Handlers;

/// <summary>
/// The copilot over MCP's streamable HTTP, without sessions: every message is answered by itself, as JSON. There is no stream to open, so
/// GET and DELETE are not allowed methods.
/// </summary>
internal static class McpHandlers
{
    public static ValueTask<Reply> AnswerAsync(Call call) => Refusal(call) is { } problem ? new(call.Refuse(problem)) : McpServer.AnswerAsync(call);

    private static Problem? Refusal(Call call)
    {
        var request = call.Http.Request;
        if (!IsOwn(request))
        {
            return Problem.NotAuthorized;
        }
        var version = request.Headers["MCP-Protocol-Version"].ToString();
        return version.Length == 0 || McpVersions.IsKnown(version)
            ? null
            : Problem.Invalid("MCP-Protocol-Version", $"Must be one of: {string.Join(", ", McpVersions.Known)}.");
    }

    /// <summary>A page of another site must not speak to a service that its reader can reach (DNS rebinding); what is no browser sends no origin.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
