using System.Collections.Immutable;
using Approvals.Delegations;
using Approvals.Notifications;
using Approvals.Requests;
using Approvals.Tokens;
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
        pages.Post("/notifications/read", Scopes.Read, async visit =>
        {
            await visit.Web.Personal.MarkFeedReadAsync(visit);
            return visit.Go("/notifications");
        });
    }

    private static async Task<IResult> ShowAsync(Visit visit)
    {
        var page = await visit.Services.Notifications.ListAsync(visit.Tenant, visit.Caller.Id, new PageRequest(Cursor: visit.Cursor), visit.Cancellation);
        return await visit.ShowAsync<FeedPage>(
            new FeedView(page.Items, await visit.Web.Personal.FeedReadAsync(visit), await WaitingAsync(visit, page.Items), page.NextCursor));
    }

    private static async Task<ImmutableDictionary<string, DateTimeOffset>> WaitingAsync(Visit visit, ImmutableArray<Notification> items)
    {
        var asked = items.Where(item => item.DueAt is not null).Select(item => item.RequestId).OfType<string>().Distinct(StringComparer.Ordinal);
        var found = await Task.WhenAll(asked.Select(id => visit.Services.Requests.FindAsync(visit.Tenant, id, visit.Cancellation).AsTask()));
        return found.OfType<StoredRequest>()
            .Where(request => Authority.Asked(visit.Caller.Tenant, request.State, visit.Now).Contains(visit.Caller.Id, StringComparer.Ordinal))
            .Select(request => RequestSummary.Of(request.State, request.Snapshot.Title))
            .Where(request => request.DueAt is not null)
            .ToImmutableDictionary(request => request.Id, request => request.DueAt!.Value, StringComparer.Ordinal);
    }
}
