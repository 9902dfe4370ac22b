using System.Text.Json;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Requests;

namespace Approvals.Api.Handlers;

/// <summary>What became of commands that were accepted before they were carried out.</summary>
internal static class CommandStatusHandlers
{
    public static async ValueTask<Reply> GetAsync(Call call)
    {
        if (new Query(call.Http.Request.Query).Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var requestId = call.Path("id");
        // A slash is the one character that the server leaves encoded in a segment.
        var commandId = call.Path("commandId").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (await call.Services.Commands.FindCommandAsync(call.Caller, requestId, commandId, call.Cancellation) is not { } command)
        {
            return call.Refuse(Problem.NotFound);
        }
        var request = await call.Services.Requests.FindAsync(call.Tenant, requestId, call.Cancellation);
        var answer = Reply.Ok((command.Receipt, Version: command.Receipt?.Version ?? request?.State.Version ?? 0, Execution: Execution(call, request, commandId)), Write);
        return command.Receipt is null ? answer with { RetryAfter = Reply.PendingRetryAfter } : answer;
    }

    /// <summary>The id of the execution that a claim with this command id begins.</summary>
    /// <param name="claimer">The caller's key.</param>
    public static string ExecutionId(string tenant, string claimer, string requestId, string commandId) =>
        Ids.From("execution", tenant, claimer, requestId, commandId);

    /// <summary>The execution that the command began, if it is the claim: only the requester can have sent that.</summary>
    private static string? Execution(Call call, StoredRequest? request, string commandId)
    {
        if (request?.State is not { Grant.Execution.Id: var id } state)
        {
            return null;
        }
        var claimer = state.Requester.Key;
        var own = call.Caller.Key == claimer ? commandId
            : commandId.StartsWith($"{claimer}:", StringComparison.Ordinal) ? commandId[(claimer.Length + 1)..]
            : null;
        return own is not null && (id == own || id == ExecutionId(state.Tenant, claimer, state.Id, own)) ? id : null;
    }

    private static void Write(Utf8JsonWriter json, (Receipt? Receipt, long Version, string? Execution) said)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, said.Receipt switch
        {
            null => "pending"u8,
            { Refusal: null } => "done"u8,
            _ => "refused"u8,
        });
        json.WriteNumber("version"u8, said.Version);
        if (said.Receipt?.Refusal is { } refusal)
        {
            json.WritePropertyName("problem"u8);
            Problem.Of(refusal).Write(json, null);
        }
        else if (said is { Receipt: not null, Execution: { } execution })
        {
            json.WriteString("executionId"u8, execution);
        }
        json.WriteEndObject();
    }
}
