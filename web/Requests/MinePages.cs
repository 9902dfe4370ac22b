using Approvals.Api.Json;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Requests;

/// <summary>Lists of requests, and starting one by hand.</summary>
internal static class MinePages
{
    public static void Map(PageRoutes pages) => pages.Get("/requests", ListAsync);

    private static async Task<IResult> ListAsync(Visit visit)
    {
        var address = new MineAddress(
            Words.TryRead<RequestStatus>(visit.Query("status"), out var status) ? status : null,
            visit.Caller.SeesAll && visit.Query("who") == "everybody",
            visit.Cursor);
        var query = new RequestQuery
        {
            Tenant = visit.Tenant,
            VisibleTo = visit.Caller.SeesAll ? null : visit.Caller.Id,
            Requester = address.Everybody ? null : visit.Caller.Id,
            Status = address.Status,
        };
        var page = await visit.Services.Requests.ListAsync(query, new PageRequest(Cursor: address.Cursor), visit.Cancellation);
        return await visit.ShowAsync<MinePage>(new MineView(address, page.Items, page.NextCursor));
    }
}
