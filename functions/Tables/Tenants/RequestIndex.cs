using System.Collections.Immutable;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Functions.Tables.Requests;
using Approvals.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>What the tenant's partition shows of one request: how far its chain and events were carried over, and the rows of lists and inboxes that it has.</summary>
internal sealed record RequestIndex
{
    private const string Prefix = "q|";

    public required string Id { get; init; }

    /// <summary>Position of its first entry: the order in which requests came.</summary>
    public required long Number { get; init; }

    /// <summary>Entries carried over.</summary>
    public long Sequence { get; init; }

    /// <summary>Events carried over.</summary>
    public long Events { get; init; }

    public required RequestSummary Summary { get; init; }

    /// <summary>UTC ticks until when its people have time; the largest where there is no due time.</summary>
    public long Due { get; init; }

    /// <summary>People in whose inbox it has a row, with <see cref="Due"/> as its key.</summary>
    public ImmutableArray<string> Waiting { get; init; } = [];

    /// <summary>To whom those rows are not shown; a person whose rows bar nobody is left out.</summary>
    public ImmutableArray<InboxBar> Barred { get; init; } = [];

    /// <summary>People in whose list it has a row.</summary>
    public ImmutableArray<string> Listed { get; init; } = [];

    /// <summary>Where its entries stand in the tenant's order of arrival.</summary>
    public ImmutableArray<string> Stretches { get; init; } = [];

    /// <summary>The status whose list it is in; null: in none.</summary>
    public string? ListedStatus { get; init; }

    /// <summary>With no place in the trail yet, and in no list.</summary>
    public static RequestIndex Unlisted(RequestRow request, string title) =>
        new() { Id = request.State.Id, Number = 0, Events = request.Events, Summary = RequestSummary.Of(request.State, title) };

    /// <summary>As if nothing had been listed yet, so that <see cref="RequestProjection"/> writes every row again.</summary>
    public RequestIndex Forgotten() => this with { Waiting = [], Barred = [], Listed = [], ListedStatus = null };

    public bool Bars(string person, ImmutableArray<string> barred) => barred.IsEmpty || Barred.Any(bar => bar.Is(person, barred));

    public RequestIndex Barring(string person, ImmutableArray<string> barred)
    {
        var others = Barred.RemoveAll(bar => bar.Person == person);
        return this with { Barred = barred.IsEmpty ? others : others.Add(new InboxBar(person, barred)) };
    }

    public static string KeyOf(string requestId) => Prefix + TableKey.Part(requestId);

    public static long DueOf(RequestState state) =>
        Chain.IsOpen(state) && state.Levels[state.CurrentLevel - 1].DueAt is { } due ? due.UtcTicks : long.MaxValue;

    public TableEntity Onto(TableEntity row)
    {
        row["id"] = Id;
        row["number"] = Number;
        row["sequence"] = Sequence;
        row["events"] = Events;
        row["due"] = Due;
        row["listedStatus"] = ListedStatus;
        return InboxBar.Onto(row, Barred)
            .With("summary", Summary, TableJson.Default.RequestSummary)
            .With("waiting", Waiting, TableJson.Default.ImmutableArrayString)
            .With("listed", Listed, TableJson.Default.ImmutableArrayString)
            .With("stretches", Stretches, TableJson.Default.ImmutableArrayString);
    }

    public static RequestIndex Of(TableEntity row) => new()
    {
        Id = row.GetString("id"),
        Number = row.GetInt64("number")!.Value,
        Sequence = row.GetInt64("sequence")!.Value,
        Events = row.GetInt64("events")!.Value,
        Due = row.GetInt64("due")!.Value,
        ListedStatus = row.GetString("listedStatus"),
        Summary = row.Read("summary", TableJson.Default.RequestSummary),
        Waiting = row.Read("waiting", TableJson.Default.ImmutableArrayString),
        Barred = InboxBar.Of(row),
        Listed = row.Read("listed", TableJson.Default.ImmutableArrayString),
        Stretches = row.Read("stretches", TableJson.Default.ImmutableArrayString),
    };
}
