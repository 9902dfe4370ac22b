using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Reading;
using Approvals.Delegations;
using Approvals.Inbox;

namespace Approvals.Api.Handlers;

/// <summary>What waits for the caller's decision, by their own authority or one that was lent to them.</summary>
internal static class InboxHandlers
{
    public static async ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        var inbox = Read(call, query);
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var found = await call.Services.Requests.InboxAsync(inbox, page, call.Cancellation);
        return Reply.Ok(found, static (json, found) => json.Page(found, RequestJson.Write));
    }

    public static async ValueTask<Reply> CountAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var inbox = Read(call, query);
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var count = await call.Services.Requests.CountInboxAsync(inbox, call.Cancellation);
        return Reply.Ok(count, static (json, count) =>
        {
            json.WriteStartObject();
            json.WriteNumber("count"u8, count.Count);
            json.WriteNumber("overdue"u8, count.Overdue);
            json.WriteEndObject();
        });
    }

    private static InboxQuery Read(Call call, Query query) => new()
    {
        Tenant = call.Tenant,
        Authorities = Authority.InboxAuthorities(call.Caller.Tenant, call.Caller.Reader.Id, call.Now),
        ExceptRequestedBy = call.Caller.Reader.Id,
        Filter = query.Word<InboxFilter>("filter") ?? InboxFilter.All,
        Sort = query.Word<InboxSort>("sort") ?? InboxSort.Due,
        Search = query.Text("search"),
        RequestType = query.Text("requestType"),
        Now = call.Now,
    };
}
