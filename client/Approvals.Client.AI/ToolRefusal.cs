using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Client.AI;

/// <summary>What a model is told of a call that did not run: <c>{status, requestId?, message}</c>.</summary>
internal static class ToolRefusal
{
    public static JsonElement Away { get; } =
        Of("denied", null, "The tool was not run: it needs approval, and the approval service can't be reached. Try again later.");

    public static JsonElement Of(ApprovalException refused) => refused switch
    {
        ApprovalPendingException => Of(
            "pending", refused.ApprovalId, $"The tool was not run yet: somebody has to approve it first. {refused.Message} Call it again later with the same arguments."),
        ApprovalTimeoutException => Of("timeout", refused.ApprovalId, $"The tool was not run: {refused.Message}"),
        _ => Of("denied", refused.ApprovalId, $"The tool was not run: {refused.Message}"),
    };

    private static JsonElement Of(string status, string? requestId, string message)
    {
        var told = new JsonObject { ["status"] = status, ["message"] = message };
        if (requestId is not null)
        {
            told["requestId"] = requestId;
        }
        return JsonElement.Parse(told.ToJsonString());
    }
}
