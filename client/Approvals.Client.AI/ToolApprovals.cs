using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Approvals.Client.AI;

/// <summary>
/// Answers the tool-approval requests of an agent (<see cref="ToolApprovalRequestContent"/>) by the service, which so is the durable store of what waits.
/// An agent that was stopped while it waited asks again with the same calls, and finds the same requests.
/// </summary>
/// <remarks>An answer lets the agent invoke the tool; the tool itself, a <see cref="GatedAIFunction"/>, claims the approval and runs once.</remarks>
/// <param name="client">The service.</param>
/// <param name="tools">The agent's tools. Calls of a tool that is not gated, or not known, are rejected.</param>
public sealed class ToolApprovals(ApprovalsClient client, IEnumerable<AITool> tools)
{
    private readonly Dictionary<string, GatedAIFunction> _gated = tools
        .Select(tool => tool.GetService<GatedAIFunction>())
        .OfType<GatedAIFunction>()
        .ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>Asks the gate about one call.</summary>
    /// <returns>The answer for the agent; null while somebody still has to decide.</returns>
    /// <exception cref="ApprovalProblemException">The service refused the question.</exception>
    /// <exception cref="HttpRequestException">The service is away.</exception>
    public async Task<ToolApprovalResponseContent?> AnswerAsync(ToolApprovalRequestContent request, TimeSpan wait = default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ToolCall is not FunctionCallContent call || !_gated.TryGetValue(call.Name, out var tool))
        {
            return request.CreateResponse(approved: false, "The tool is not gated; nobody can approve it.");
        }
        var payload = ToolPayload.Of(call.Arguments, tool.JsonSerializerOptions);
        var answer = await client.CheckAsync(tool.Options.Action(tool.Name, tool.Description, payload), payload, cancellation);
        if (answer is { Outcome: GateOutcome.Pending, RequestId: { } pending } && wait > TimeSpan.Zero)
        {
            answer = await client.WaitAsync(pending, wait, cancellation);
        }
        return answer.Outcome switch
        {
            GateOutcome.Pending => null,
            GateOutcome.Allowed or GateOutcome.Approved => request.CreateResponse(approved: true),
            _ => request.CreateResponse(approved: false, answer.Reason),
        };
    }
}
