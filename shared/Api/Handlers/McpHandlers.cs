using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Copilot.Mcp;

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
        // A page of another site must not speak to a service that its reader can reach (DNS rebinding).
        if (CrossSite.IsFromElsewhere(request, call.Services.Options.PublicUrl))
        {
            return Problem.CrossSite;
        }
        var version = request.Headers["MCP-Protocol-Version"].ToString();
        return version.Length == 0 || McpVersions.IsKnown(version)
            ? null
            : Problem.Invalid("MCP-Protocol-Version", $"Must be one of: {string.Join(", ", McpVersions.Known)}.");
    }
}
