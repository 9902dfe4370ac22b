using Approvals.Api;
using Approvals.Api.Http;
using Approvals.Api.Json;
using Approvals.Api.Reading;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Risks;
using Approvals.Delegations;
using Approvals.Inbox;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>What waits for the caller's decision.</summary>
internal sealed class ListMyInbox : ICopilotTool
{
    private const int Most = 50;
    private const int Usual = 10;

    public string Name => "list_my_inbox";

    public string Description => "List what waits for the caller's own decision, by their own authority or one lent to them, the most urgent first.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "filter": { "type": "string", "enum": ["all", "overdue", "dueToday", "onBehalf"] },
            "sort": { "type": "string", "enum": ["due", "newest"] },
            "limit": { "type": "integer", "minimum": 1, "maximum": 50 } } }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var fields = new Fields(arguments);
        var query = new InboxQuery
        {
            Tenant = call.Tenant,
            Authorities = Authority.InboxAuthorities(call.Caller.Tenant, call.Caller.Reader.Id, call.Now),
            ExceptRequestedBy = call.Caller.Reader.Id,
            Filter = Word<InboxFilter>(fields, "filter"),
            Sort = Word<InboxSort>(fields, "sort"),
            Now = call.Now,
        };
        var limit = fields.OptionalInteger("limit", 1, Most) ?? Usual;
        if (fields.Problem is { } problem)
        {
            return ToolAnswer.Refuse(problem);
        }
        var count = await call.Services.Requests.CountInboxAsync(query, call.Cancellation);
        var page = await call.Services.Requests.InboxAsync(query, new PageRequest(limit, null), call.Cancellation);
        return ToolAnswer.Of([Overview(count), .. page.Items.Select(request => Card(call, request))]);
    }

    private static T Word<T>(Fields fields, string member)
        where T : struct, Enum =>
        fields.OptionalWord(member, [.. Words.All<T>()]) is { } text && Words.TryRead<T>(text, out var word) ? word : default;

    private static ToolCard Overview(InboxCount count) => new()
    {
        Title = count.Count == 0 ? Texts.CardInboxNone : Figures.Count(count.Count, Texts.CardInboxOne, Texts.CardInboxMany),
        Summary = count.Overdue == 0 ? Texts.CardNoneOverdue : Phrase.With(Texts.CardSomeOverdue, Figures.Of(count.Overdue)),
        Provenance = [new Provenance(ProvenanceSource.Inbox, $"{ApprovalsEndpoints.Prefix}/inbox")],
    };

    private static ToolCard Card(Call call, RequestSummary request) => new()
    {
        Title = request.Title,
        Summary = Asks(call.Caller.Tenant.Directory.Find(request.Requester.Id)?.Name ?? request.Requester.Id, request),
        Why =
        [
            request.LevelName is { } name
                ? Phrase.With(Texts.CardNamedLevelWaits, request.CurrentLevel, name)
                : Phrase.With(Texts.CardLevelWaits, request.CurrentLevel),
            .. request.DueAt < call.Now ? [Texts.CardIsOverdue] : Array.Empty<string>(),
        ],
        Provenance = [new Provenance(ProvenanceSource.Request, request.Id)],
    };

    private static string Asks(string requester, RequestSummary request) => request.DueAt is { } due
        ? Phrase.With(Texts.CardAsksUntil, requester, request.ActionType, request.Subject, Rfc3339.Format(due))
        : Phrase.With(Texts.CardAsks, requester, request.ActionType, request.Subject);
}
