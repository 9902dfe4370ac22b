using System.Collections.Immutable;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>Direct requests, and reading requests of any kind.</summary>
internal static class RequestHandlers
{
    public static async ValueTask<Reply> StartAsync(Call call)
    {
        var fields = new Fields(call.Body);
        var type = fields.Id("requestType");
        var request = new DirectRequest
        {
            RequestId = call.NewId("request"),
            RequestType = type,
            ActionType = fields.OptionalId("actionType"),
            // Types with a template make their own title.
            Title = call.Services.Types.Of(type).TitleTemplate is null ? fields.Id("title", Snapshot.MaxTitleLength) : fields.OptionalId("title", Snapshot.MaxTitleLength),
            Description = fields.OptionalProse("description"),
            Subject = fields.Subject("subject"),
            Payload = fields.Map("payload"),
            Watchers = fields.OptionalIds("watchers", InputRules.MaxWatchers) ?? [],
            Submit = fields.Flag("submit", otherwise: true),
        };
        if ((fields.Problem ?? Levels(call, fields, ref request)) is { } problem)
        {
            return call.Refuse(problem);
        }
        var result = await call.Services.Starter.StartAsync(call.Caller, call.Origin, request, call.Cancellation);
        if (result.Request is not { } started)
        {
            return call.Refuse(result.Refusal is { } refusal ? Problem.Of(refusal) : Problem.NotFound);
        }
        return Retries.Differ(call, started, request.RequestId, request.Payload)
            ? call.Refuse(Retries.Reused)
            : Reply.Of(result.Settled ? 201 : 202, started, RequestJson.Write) with
            {
                Location = $"{ApprovalsEndpoints.Prefix}/requests/{started.State.Id}",
                RetryAfter = result.Settled ? null : Reply.PendingRetryAfter,
                IsUnsettled = !result.Settled,
            };
    }

    public static async ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        var filter = new RequestQuery
        {
            Tenant = call.Tenant,
            VisibleTo = call.Caller.SeesRequests ? null : call.Caller.Reader.Id,
            Status = query.Word<RequestStatus>("status"),
            Requester = query.Text("requester"),
            RequestType = query.Text("requestType"),
            Subject = query.Text("subject", TextRule.MaxId * 2),
        };
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var found = await call.Services.Requests.ListAsync(filter, page, call.Cancellation);
        return Reply.Ok(found, static (json, found) => json.Page(found, RequestJson.Write));
    }

    public static async ValueTask<Reply> GetAsync(Call call) =>
        await FindAsync(call) is { } request ? Reply.Ok(request, RequestJson.Write) : call.Refuse(Problem.NotFound);

    public static async ValueTask<Reply> DecisionAsync(Call call) =>
        await FindAsync(call) is { } request ? Reply.Ok(request, RequestJson.WriteDecision) : call.Refuse(Problem.NotFound);

    public static async ValueTask<Reply> HistoryAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        if (await FindAsync(call) is not { } request)
        {
            return call.Refuse(Problem.NotFound);
        }
        var history = await call.Services.Requests.HistoryAsync(call.Tenant, request.State.Id, page, call.Cancellation);
        return call.Caller.SeesAll
            ? Reply.Ok(history, static (json, history) => json.Page(history, AuditJson.Write))
            : Reply.Ok(history, static (json, history) => json.Page(history, AuditJson.WriteWithoutOrigin));
    }

    private static ValueTask<StoredRequest?> FindAsync(Call call) =>
        call.Services.Commands.FindAsync(call.Caller, call.Path("id"), call.Cancellation);

    private static Problem? Levels(Call call, Fields fields, ref DirectRequest request)
    {
        if (fields.Find("levels") is not { } source)
        {
            return null;
        }
        if (!LevelReader.TryRead(source, call.Caller.Tenant.Settings, "/levels", out ImmutableArray<LevelDefinition> levels, out var errors))
        {
            return Problem.Of(RefusalCode.InvalidLevel, "See the fields.") with { Fields = PolicyProblem.Fields(errors) };
        }
        request = request with { Levels = levels };
        return null;
    }
}
