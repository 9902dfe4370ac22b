using Approvals.Web.Hosting;
using Approvals.Web.Layouts;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Notifications;

/// <summary>The reader's messages.</summary>
internal static class FeedPages
{
    public static void Map(PageRoutes pages)
    {
        pages.Get("/notifications", ShowAsync);
        pages.Get("/notifications/badge", visit => visit.ShowAsync<UnreadCount>(new object()));
        pages.Post("/notifications/read", async visit =>
        {
            await visit.Web.Personal.MarkFeedReadAsync(visit);
            return visit.Go("/notifications");
        });
    }

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        var cursor = visit.Query("cursor") is { Length: > 0 } text ? text : null;
        var page = await visit.Services.Notifications.ListAsync(visit.Tenant, visit.Caller.Id, new PageRequest(Cursor: cursor), visit.Cancellation);
        return await visit.ShowAsync<FeedPage>(new FeedView(page.Items, await visit.Web.Personal.FeedReadAsync(visit), page.NextCursor));
    }
}
