using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Requests;

namespace Approvals.Api.Handlers;

/// <summary>The outcome of a command, as HTTP.</summary>
internal static class CommandReply
{
    public static Reply Of(Call call, CommandResult? result) => Of(call, result, 200, RequestJson.Write);

    public static Reply Of(Call call, CommandResult? result, int status, Action<Utf8JsonWriter, StoredRequest> write)
    {
        if (result?.Request is not { } request)
        {
            return call.Refuse(Problem.NotFound);
        }
        if (result.Receipt is null)
        {
            return Reply.Of(202, request, RequestJson.Write) with
            {
                Location = $"{ApprovalsEndpoints.Prefix}/requests/{request.State.Id}",
                RetryAfter = Reply.PendingRetryAfter,
            };
        }
        return result.Receipt.Refusal is { } refusal ? call.Refuse(Problem.Of(refusal)) : Reply.Of(status, request, write);
    }
}
