using Approvals.Api;
using Approvals.Chains;
using Approvals.Inbox;
using Approvals.Requests;
using Approvals.Tokens;
using Approvals.Web.Cards;
using Approvals.Web.Hosting;
using Approvals.Web.Preferences;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Approvals.Web.Inbox;

/// <summary>What waits for the reader, and decisions on it.</summary>
internal static class InboxPages
{
    private const int PageSize = 50;
    private const int MostItems = 200;

    public static void Map(PageRoutes pages)
    {
        pages.Get("/stream", ApiRoutes.Stream);
        pages.Get("/", visit => Task.FromResult(visit.Go("/inbox")));
        pages.Get("/inbox", async visit => await visit.ShowAsync<InboxPage>(await ViewAsync(visit)));
        pages.Get("/inbox/rows", async visit => await visit.ShowAsync<InboxList>(await ViewAsync(visit)));
        pages.Get("/inbox/badge", visit => visit.ShowAsync<Layouts.WaitingCount>(new object()));
        pages.Post("/inbox/decisions", Scopes.Decide, DecideAsync);
        pages.Post("/inbox/views", Scopes.Read, SaveViewAsync);
        pages.Post("/inbox/views/removal", Scopes.Read, async visit =>
        {
            await visit.Web.Personal.RemoveViewAsync(visit, visit.Form["name"].ToString());
            return visit.Go("/inbox", Texts.DoneViewRemoved);
        });
    }

    private static async Task<InboxView> ViewAsync(Visit visit)
    {
        var address = InboxAddress.Read(visit.Http.Request.Query);
        var all = visit.Waiting();
        var query = all with { Filter = address.Filter, Sort = address.Sort, Search = address.Search, RequestType = address.Type };
        var page = await visit.Services.Requests.InboxAsync(query, new PageRequest(PageSize, address.Cursor), visit.Cancellation);
        return new InboxView
        {
            Address = address,
            Rows = [.. page.Items.Select(request => Row(visit, request))],
            NextCursor = page.NextCursor,
            Counts = await CountAsync(visit, all),
            SavedViews = await visit.Web.Personal.ViewsAsync(visit),
            Types = [.. visit.Web.Types.All.Select(type => type.Type)],
        };
    }

    /// <summary>The query is read as an address first, so that nothing else is ever kept.</summary>
    private static async Task<IResult> SaveViewAsync(Visit visit)
    {
        var address = InboxAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(visit.Form["query"].ToString()))) with { Cursor = null };
        if (visit.Field("name") is not { } name)
        {
            return visit.Go(address.Url);
        }

        await visit.Web.Personal.AddViewAsync(visit, new SavedView(name, address.Query));
        return visit.Go(address.Url, Texts.DoneViewSaved);
    }

    private static InboxRow Row(Visit visit, RequestSummary request)
    {
        var type = visit.Web.Types.Of(request.RequestType);
        return new(request, visit.Caller.Tenant.Directory.Find(request.Requester.Id)?.Name ?? request.Requester.Id, DecisionWords.Of(type), type.NeedsInput || request.PayloadHash is null);
    }

    private static async Task<InboxCounts> CountAsync(Visit visit, InboxQuery query)
    {
        var all = await visit.WaitingCountAsync();
        async ValueTask<int> Of(InboxFilter filter) =>
            (await visit.Services.Requests.CountInboxAsync(query with { Filter = filter }, visit.Cancellation)).Count;
        return new InboxCounts(all.Count, all.Overdue, await Of(InboxFilter.DueToday), await Of(InboxFilter.OnBehalf));
    }

    /// <summary>One or many decisions; one that is refused does not hold up the others.</summary>
    private static async Task<IResult> DecideAsync(Visit visit)
    {
        var decision = visit.Form["decision"].ToString();
        if (decision is not ("approve" or "reject"))
        {
            return Results.BadRequest();
        }

        var approve = decision == "approve";
        var comment = visit.Field("comment");
        var picked = visit.Form["item"].OfType<string>().Select(Seen.Read).DistinctBy(item => item.RequestId, StringComparer.Ordinal).Take(MostItems).ToArray();
        var items = await Task.WhenAll(picked.Select(item => DecideAsync(visit, item, approve, comment)));
        var outcome = new BulkOutcome(approve, [.. items], comment);
        return visit.IsFragment ? await visit.ShowAsync<BulkResults>(outcome) : await visit.ShowAsync<BulkResultsPage>(outcome);
    }

    private static async Task<BulkItem> DecideAsync(Visit visit, Seen seen, bool approve, string? comment)
    {
        var (id, by) = (seen.RequestId, visit.Caller.Actor);
        Command.Decision command = approve ? new Command.Approve(comment) { By = by } : new Command.Reject(comment) { By = by };
        command = command with { PayloadHash = seen.PayloadHash };
        var (result, faults) = await visit.Web.Decisions.SendAsync(visit.Caller, visit.Origin, id, visit.NewId(), command, null, visit.Cancellation);
        if (!faults.IsEmpty)
        {
            return new BulkItem(id, id, Texts.NeedsInputHere);
        }

        return new BulkItem(id, result?.Request?.Snapshot.Title ?? id, result?.Request is null ? Texts.NotFoundText : result.Receipt?.Refusal?.Detail);
    }
}
