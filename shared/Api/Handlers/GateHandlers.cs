using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;

namespace Approvals.Api.Handlers;

/// <summary>The gate: check, ask again, claim, report.</summary>
internal static class GateHandlers
{
    private static readonly Problem TooManyPolls =
        Problem.Of(RefusalCode.RateLimited, "Too many of your calls are waiting: ask without wait.") with { RetryAfter = Reply.PendingRetryAfter };

    public static async ValueTask<Reply> CheckAsync(Call call)
    {
        var (result, refusal) = await GateChecks.RunAsync(call, call.Body);
        return refusal is not null ? call.Refuse(refusal)
            : result!.Request is { } request ? GateReply.Of(call, request, result.Evaluation.Summary) with
            {
                // Accepted, and not started yet.
                IsUnsettled = request.State.Status == RequestStatus.Pending,
            }
            : GateReply.Allowed();
    }

    public static async ValueTask<Reply> AskAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var wait = TimeSpan.FromSeconds(query.Integer("wait", 0, (int)call.Services.Options.MaxWait.TotalSeconds) ?? 0);
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        if (await call.Services.Executions.FindAsync(call.Caller, call.Path("requestId"), call.Cancellation) is not { } request)
        {
            return call.Refuse(Problem.NotFound);
        }
        if (wait > TimeSpan.Zero && !call.Services.Polls.TryOpen(call.Caller))
        {
            return call.Refuse(TooManyPolls);
        }
        try
        {
            return GateReply.Of(call, await Settling.WaitAsync(call, request, wait), null);
        }
        finally
        {
            if (wait > TimeSpan.Zero)
            {
                call.Services.Polls.Close(call.Caller);
            }
        }
    }

    public static async ValueTask<Reply> ClaimAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var grant = fields.Id("grant");
        var payload = fields.Map("payload");
        var given = fields.OptionalId("commandId");
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var requestId = call.Path("requestId");
        var commandId = given ?? call.NewId("execution");
        var executionId = given is null ? commandId : CommandStatusHandlers.ExecutionId(call.Tenant, call.Caller.Key, requestId, given);
        var result = await call.Services.Executions.ClaimAsync(
            call.Caller, call.Origin, requestId, grant, payload, commandId, executionId, call.Cancellation);
        return CommandReply.Of(call, commandId, result, 201, static (json, request) =>
        {
            json.WriteStartObject();
            json.WriteString("executionId"u8, request.State.Grant?.Execution?.Id);
            json.WriteString("requestId"u8, request.State.Id);
            json.WriteEndObject();
        });
    }

    /// <summary>For a claimer whose answer was lost.</summary>
    public static async ValueTask<Reply> ExecutionAsync(Call call)
    {
        if (new Query(call.Http.Request.Query).Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        return await call.Services.Executions.FindClaimedAsync(call.Caller, call.Path("requestId"), call.Cancellation) is { } claimed
            ? Reply.Ok(claimed, static (json, request) =>
            {
                var execution = request.State.Grant!.Execution!;
                json.WriteStartObject();
                json.WriteString("executionId"u8, execution.Id);
                json.WriteString("requestId"u8, request.State.Id);
                json.WriteString("outcome"u8, Words.Of(execution.Outcome));
                json.Instant("claimedAt"u8, execution.ClaimedAt);
                json.OptionalInstant("reportedAt"u8, execution.ReportedAt);
                json.WriteEndObject();
            })
            : call.Refuse(Problem.NotFound);
    }

    public static async ValueTask<Reply> ReportAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var succeeded = fields.Word("outcome", "succeeded", "failed") == "succeeded";
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var report = new Command.ReportExecution(call.Path("executionId"), succeeded) { By = call.Caller.Actor };
        var commandId = call.NewId("report");
        var result = await call.Services.Commands.SendAsync(
            call.Caller, call.Origin, call.Path("requestId"), commandId, new(report), call.Cancellation);
        return CommandReply.Of(call, commandId, result, 200, static (json, request) =>
        {
            var execution = request.State.Grant?.Execution;
            json.WriteStartObject();
            json.WriteString("executionId"u8, execution?.Id);
            json.WriteString("requestId"u8, request.State.Id);
            json.WriteString("outcome"u8, execution is null ? null : Words.Of(execution.Outcome));
            json.WriteEndObject();
        });
    }
}
