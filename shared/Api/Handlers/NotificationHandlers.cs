using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Reading;

namespace Approvals.Api.Handlers;

/// <summary>The caller's in-app feed.</summary>
internal static class NotificationHandlers
{
    public static async ValueTask<Reply> ListAsync(Call call)
    {
        var query = new Query(call.Http.Request.Query);
        var page = query.Page();
        if (query.Problem is { } problem)
        {
            return call.Refuse(problem);
        }
        var feed = await call.Services.Notifications.ListAsync(call.Tenant, call.Caller.Reader.Id, page, call.Cancellation);
        return Reply.Ok(feed, static (json, feed) => json.Page(feed, static (json, item) =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, item.Id);
            json.WriteString("kind"u8, item.Kind);
            json.OptionalString("requestId"u8, item.RequestId);
            json.WriteString("title"u8, item.Title);
            json.WriteString("text"u8, item.Text);
            json.OptionalInstant("dueAt"u8, item.DueAt);
            json.OptionalString("link"u8, item.Link);
            json.Instant("at"u8, item.At);
            json.WriteEndObject();
        }));
    }
}
