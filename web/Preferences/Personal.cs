using System.Collections.Immutable;
using Approvals.Ports;
using Approvals.Values;
using Approvals.Web.Hosting;

namespace Approvals.Web.Preferences;

/// <summary>What pages remember for their reader.</summary>
internal sealed class Personal(IPersonalStore store)
{
    private const string Views = "views";
    private const string FeedRead = "feed-read";
    private const int MostViews = 20;
    private const int LongestName = 60;
    private const int LongestQuery = 500;

    public async ValueTask<ImmutableArray<SavedView>> ViewsAsync(Visit visit)
    {
        var stored = await store.FindAsync(visit.Tenant, visit.Caller.Id, Views, visit.Cancellation);
        return stored is { Kind: ValueKind.List } list
            ? [.. ((ImmutableArray<Value>)[.. list.Items]).Select(view => new SavedView(view.At("name")!.Value.AsString(), view.At("query")!.Value.AsString()))]
            : [];
    }

    /// <summary>Adds a view, or replaces the one of that name.</summary>
    public async ValueTask AddViewAsync(Visit visit, SavedView view)
    {
        if (TextRule.Line(view.Name, LongestName) is not null || view.Query.Length > LongestQuery)
        {
            return;
        }

        var others = (await ViewsAsync(visit)).Where(other => other.Name != view.Name).TakeLast(MostViews - 1);
        await SaveAsync(visit, [.. others, view]);
    }

    public async ValueTask RemoveViewAsync(Visit visit, string name) =>
        await SaveAsync(visit, [.. (await ViewsAsync(visit)).Where(view => view.Name != name)]);

    /// <summary>Messages up to then have been seen.</summary>
    public async ValueTask<DateTimeOffset> FeedReadAsync(Visit visit) =>
        await store.FindAsync(visit.Tenant, visit.Caller.Id, FeedRead, visit.Cancellation) is { Kind: ValueKind.String } at
            && Rfc3339.TryParse(at.AsString(), out var instant)
            ? instant
            : DateTimeOffset.MinValue;

    public ValueTask MarkFeedReadAsync(Visit visit) =>
        store.SaveAsync(visit.Tenant, visit.Caller.Id, FeedRead, Value.From(Rfc3339.Format(visit.Now)), visit.Cancellation);

    private ValueTask SaveAsync(Visit visit, ImmutableArray<SavedView> views) => store.SaveAsync(
        visit.Tenant, visit.Caller.Id, Views,
        Value.List(ImmutableArray.CreateRange(views, view => Value.Map(("name", Value.From(view.Name)), ("query", Value.From(view.Query))))), visit.Cancellation);
}
