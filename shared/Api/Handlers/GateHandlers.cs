using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;

namespace Approvals.Api.Handlers;

/// <summary>The gate: check, ask again, claim, report.</summary>
internal static class GateHandlers
{
    public static async ValueTask<Reply> CheckAsync(Call call)
    {
        var (result, refusal) = await GateChecks.RunAsync(call, call.Body);
        return refusal is not null ? call.Refuse(refusal)
            : result!.Request is { } request ? GateReply.Of(call, request, result.Evaluation.Summary)
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
        return GateReply.Of(call, await Settling.WaitAsync(call, request, wait), null);
    }

    public static async ValueTask<Reply> ClaimAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var grant = fields.Id("grant");
        var payload = fields.Map("payload");
        if (fields.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var result = await call.Services.Executions.ClaimAsync(
            call.Caller, call.Origin, call.Path("requestId"), grant, payload, call.NewId("execution"), call.Cancellation);
        return CommandReply.Of(call, result, 201, static (json, request) =>
        {
            json.WriteStartObject();
            json.WriteString("executionId"u8, request.State.Grant?.Execution?.Id);
            json.WriteString("requestId"u8, request.State.Id);
            json.WriteEndObject();
        });
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
        var result = await call.Services.Commands.SendAsync(
            call.Caller, call.Origin, call.Path("requestId"), call.NewId("report"), new(report), call.Cancellation);
        return CommandReply.Of(call, result, 200, static (json, request) =>
        {
            var execution = request.State.Grant?.Execution;
            json.WriteStartObject();
            json.WriteString("executionId"u8, execution?.Id);
            json.WriteString("requestId"u8, request.State.Id);
            json.WriteString("outcome"u8, execution is null ? null : Json.Words.Of(execution.Outcome));
            json.WriteEndObject();
        });
    }
}
