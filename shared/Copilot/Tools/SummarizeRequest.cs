using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Approvals.Chains;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Model;
using Approvals.Gate;
using Approvals.Notifications;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Copilot.Tools;

/// <summary>What a request asks for, where it stands and who said what. It recommends nothing.</summary>
internal sealed class SummarizeRequest(CardWording wording) : ICopilotTool
{
    public string Name => "summarize_request";

    public string Description =>
        "Summarize one request: what is asked for, by whom, where it stands, who decided what, and for whom it waits. Sensitive values are masked. "
        + "It recommends no decision.";

    public Value Parameters { get; } = JsonText.Parse("""
        { "type": "object", "properties": {
            "requestId": { "type": "string" },
            "language": { "type": "string", "description": "Of the summary, such as German or pt-BR, where a language model is set up." } },
          "required": ["requestId"] }
        """);

    public async ValueTask<ToolAnswer> RunAsync(Call call, Value arguments)
    {
        var fields = new Fields(arguments);
        var id = fields.Id("requestId");
        var language = LanguageArgument.Read(fields);
        if (fields.Problem is { } problem)
        {
            return ToolAnswer.Refuse(problem);
        }
        return await call.Services.Commands.FindAsync(call.Caller, id, call.Cancellation) is { } request
            ? ToolAnswer.Of(await wording.SayAsync(Card(call, request), request.Snapshot, language, call.Cancellation))
            : ToolAnswer.Refuse(Problem.NotFound);
    }

    private static ToolCard Card(Call call, StoredRequest request)
    {
        var (state, snapshot) = (request.State, request.Snapshot);
        return new ToolCard
        {
            Title = snapshot.Title,
            Summary = Phrase.With(Texts.CardSummary, snapshot.Requester.Name, state.ActionType, state.Subject, StatusNames.Of(state.Status)) + " "
                + (Chain.IsOpen(state) ? PendingText.Of(request, call.Caller.Tenant, null, call.Now) : Answer(call, request)),
            Why =
            [
                .. PayloadSummary.Of(request, call.Caller.Tenant).Lines.Select(line => $"{line.Key}: {line.Value}"),
                .. Said(call, request),
            ],
            Provenance =
            [
                new Provenance(ProvenanceSource.Request, state.Id),
                .. state.Policy is { } policy ? [Explained.Of(policy)] : Array.Empty<Provenance>(),
            ],
        };
    }

    private static string Answer(Call call, StoredRequest request) => LastDecision.Of(request.State) is { } last
        ? DecidedBy(Person(call, last.DecidedBy ?? last.Person), last.DecidedAt)
        : "";

    private static string DecidedBy(string person, DateTimeOffset? at) => at is { } time
        ? Phrase.With(Texts.CardDecidedByAt, person, Rfc3339.Format(time))
        : Phrase.With(Texts.CardDecidedBy, person);

    private static IEnumerable<string> Said(Call call, StoredRequest request) =>
        from level in request.State.Levels
        from place in level.Groups.SelectMany(each => each.Approvers)
        where place.DecidedAt is not null
        let decider = place.DecidedBy ?? place.Person
        let who = decider == place.Person ? Person(call, decider) : Phrase.With(Texts.CardPersonFor, Person(call, decider), Person(call, place.Person))
        select $"{level.Definition.Name}: {who} {StatusNames.Of(place.Status)}{(place.Comment is { Length: > 0 } comment ? $", \"{comment}\"" : "")}";

    private static string Person(Call call, string person) => call.Caller.Tenant.Directory.Find(person)?.Name ?? person;
}
