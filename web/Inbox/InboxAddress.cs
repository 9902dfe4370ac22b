using Approvals.Inbox;
using Approvals.Web.Rendering;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Inbox;

/// <summary>What of the inbox is shown, as its address says it. Unknown words fall back to the whole inbox.</summary>
public sealed record InboxAddress
{
    private const string Path = "/inbox";

    public InboxFilter Filter { get; init; }
    public InboxSort Sort { get; init; }
    public string? Search { get; init; }
    public string? Type { get; init; }
    public string? Cursor { get; init; }

    /// <summary>Something narrower than what waits in all.</summary>
    public bool IsNarrowed => Filter != InboxFilter.All || Search is not null || Type is not null;

    public static InboxAddress Read(IQueryCollection query) => new()
    {
        Filter = WordOf(query["filter"]) switch
        {
            "overdue" => InboxFilter.Overdue,
            "today" => InboxFilter.DueToday,
            "behalf" => InboxFilter.OnBehalf,
            _ => InboxFilter.All,
        },
        Sort = WordOf(query["sort"]) == "newest" ? InboxSort.Newest : InboxSort.Due,
        Search = WordOf(query["q"]),
        Type = WordOf(query["type"]),
        Cursor = WordOf(query["cursor"]),
    };

    public static string Word(InboxFilter filter) => filter switch
    {
        InboxFilter.Overdue => "overdue",
        InboxFilter.DueToday => "today",
        InboxFilter.OnBehalf => "behalf",
        _ => "",
    };

    public string Url => Path + Query;

    /// <summary>The list alone, for a refresh in place.</summary>
    public string RowsUrl => Path + "/rows" + Query;

    /// <summary>What a saved view keeps: everything but the place in the list.</summary>
    public string Query => new QueryText()
        .Add("filter", Word(Filter))
        .Add("q", Search)
        .Add("type", Type)
        .Add("sort", Sort == InboxSort.Newest ? "newest" : null)
        .Add("cursor", Cursor)
        .ToString();

    private static string? WordOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
