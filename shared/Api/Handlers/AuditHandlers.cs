using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Audit;
using Approvals.Values;

namespace Approvals.Api.Handlers;

/// <summary>The tenant's trail and its proof, for auditors and administrators.</summary>
internal static class AuditHandlers
{
    public static async ValueTask<Reply> QueryAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        var filter = Filter(call, query);
        if (Refusal(call, query) is { } problem)
        {
            return call.Refuse(problem);
        }
        var found = await call.Services.Audit.QueryAsync(filter, page, call.Cancellation);
        return Reply.Ok(found, static (json, found) => json.Page(found, AuditJson.Write));
    }

    public static async ValueTask<Reply> ExportAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var format = query.Text("format") ?? "jsonl";
        if (format is not ("csv" or "jsonl"))
        {
            query.Fail("format", "Must be one of: csv, jsonl.");
        }
        var filter = Filter(call, query);
        if (Refusal(call, query) is { } problem)
        {
            return call.Refuse(problem);
        }
        await AuditExport.WriteAsync(call, filter, format == "csv");
        return Reply.Streamed;
    }

    public static async ValueTask<Reply> VerifyAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var requestId = query.Text("requestId");
        if (Refusal(call, query) is { } problem)
        {
            return call.Refuse(problem);
        }
        if (requestId is not null && await call.Services.Requests.FindAsync(call.Tenant, requestId, call.Cancellation) is null)
        {
            return call.Refuse(Problem.NotFound);
        }
        var found = await call.Services.Audit.VerifyAsync(call.Tenant, requestId, call.Cancellation);
        return Reply.Ok(found, static (json, found) =>
        {
            json.WriteStartObject();
            json.WriteBoolean("valid"u8, found.Valid);
            json.WriteNumber("checked"u8, found.Checked);
            if (found.FirstInvalid is { } invalid)
            {
                json.WriteStartObject("firstInvalid"u8);
                json.WriteString("requestId"u8, invalid.RequestId);
                json.WriteNumber("sequence"u8, invalid.Sequence);
                json.WriteString("reason"u8, invalid.Reason);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });
    }

    private static Problem? Refusal(Call call, Query query) => call.Caller.SeesAll ? query.Problem : Problem.NotAuthorized;

    private static AuditQuery Filter(Call call, Query query) => new()
    {
        Tenant = call.Tenant,
        Actor = query.Text("actor"),
        ActorType = query.Word<Actors.ActorType>("actorType") is { } type ? Words.Of(type) : null,
        Action = query.Text("action"),
        Subject = query.Text("subject", TextRule.MaxId * 2),
        RequestId = query.Text("requestId"),
        From = query.From("from", call.Zone),
        To = query.To("to", call.Zone),
    };
}
