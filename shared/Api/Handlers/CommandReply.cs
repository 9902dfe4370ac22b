using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Requests;

namespace Approvals.Api.Handlers;

/// <summary>The outcome of a command, as HTTP.</summary>
internal static class CommandReply
{
    public static Reply Of(Call call, string commandId, CommandResult? result) => Of(call, commandId, result, 200, RequestJson.Write);

    /// <param name="commandId">As the caller, or the call, named it.</param>
    public static Reply Of(Call call, string commandId, CommandResult? result, int status, Action<Utf8JsonWriter, StoredRequest> write)
    {
        if (result?.Request is not { } request)
        {
            return call.Refuse(Problem.NotFound);
        }
        if (result.Receipt is null)
        {
            return Reply.Of(202, request, RequestJson.Write) with
            {
                Location = StatusUrl(request.State.Id, commandId),
                RetryAfter = Reply.PendingRetryAfter,
                IsUnsettled = true,
            };
        }
        return result.Receipt.Refusal is { } refusal ? call.Refuse(Problem.Of(refusal)) : Reply.Of(status, request, write);
    }

    /// <summary>Where to ask what became of a command.</summary>
    public static string StatusUrl(string requestId, string commandId) =>
        $"{ApprovalsEndpoints.Prefix}/requests/{requestId}/commands/{Uri.EscapeDataString(commandId)}";
}
