using Approvals.Audit;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Approvals.Requests;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Carries what a request's partition says over into the tenant's: positions in the trail, its index, lists and inboxes. It writes the difference
/// to what stands there, so that it may be repeated, and come late.
/// </summary>
internal static class RequestProjection
{
    /// <summary>Entries at once: with all their rows in the index they stay within a transaction.</summary>
    private const int MostEntries = 50;

    /// <summary>Inboxes and lists of people changed at once: three rows each.</summary>
    private const int MostPeople = 12;

    /// <param name="request">As it is.</param>
    /// <param name="entries">Gives the entries after a sequence number.</param>
    /// <param name="isNew">Nothing of it should stand there yet; where another process was first, the difference to that is written.</param>
    /// <returns>False: there is more to be carried over.</returns>
    public static async ValueTask<bool> PlanAsync(
        PartitionBatch batch, RequestRow request, string title, bool isNew, Func<long, ValueTask<IReadOnlyList<AuditFields>>> entries)
    {
        var state = request.State;
        var row = await batch.FindAsync(RequestIndex.KeyOf(state.Id), isNew);
        var before = row is null ? null : RequestIndex.Of(row);
        if (before is not null && (before.Summary.Version > state.Version || before.Sequence > request.Head.Sequence))
        {
            // Somebody carried over a later state meanwhile.
            return true;
        }

        // After a rebuild was begun its rows stand there, and it does not know of them; otherwise people are listed with its first entries.
        var rowsAreNew = before is null || !before.Listed.IsEmpty;
        var index = before ?? new RequestIndex { Id = state.Id, Number = batch.Head.Position + 1, Summary = RequestSummary.Of(state, title) };
        var fresh = index.Sequence < request.Head.Sequence ? (await entries(index.Sequence)).Take(MostEntries).ToList() : [];
        if (fresh.Count > 0)
        {
            var stretch = TenantTrail.Point(batch, state.Id, fresh);
            index = index with { Sequence = index.Sequence + fresh.Count, Stretches = index.Stretches.Add(stretch.ToText()) };
        }

        index = index with { Summary = RequestSummary.Of(state, title), Events = request.Events };
        if (before is null)
        {
            RequestLists.PutFixed(batch, index, isNew: true);
        }

        index = RequestLists.Move(batch, index, rowsAreNew);
        index = People(batch, request, index, rowsAreNew, out var all);
        batch.Put(index.Onto(batch.Row(RequestIndex.KeyOf(state.Id))), isNew: before is null);
        return all && index.Sequence >= request.Head.Sequence;
    }

    /// <summary>
    /// As if nothing had been listed yet, so that <see cref="PlanAsync"/> writes every row again; the trail's index is written here. False: there is
    /// nothing of it in the order of arrival yet.
    /// </summary>
    /// <param name="stretches">Where its entries stand: asked if its own row, which knows them, is lost.</param>
    public static async ValueTask<bool> ForgetAsync(
        PartitionBatch batch, RequestRow request, string title, Func<Task<List<TrailStretch>>> stretches, IReadOnlyList<AuditFields> entries)
    {
        var state = request.State;
        var index = await batch.FindAsync(RequestIndex.KeyOf(state.Id)) is { } row
            ? RequestIndex.Of(row)
            : Recovered(request, title, await stretches());
        if (index is null)
        {
            return false;
        }

        foreach (var stretch in index.Stretches.Select(text => TrailStretch.Parse(state.Id, text)))
        {
            TrailIndex.Put(batch, stretch, [.. entries.Where(entry => entry.Sequence >= stretch.Sequence).Take(stretch.Count)], isNew: false);
        }

        index = index.Forgotten();
        RequestLists.PutFixed(batch, index, isNew: false);
        batch.Put(index.Onto(batch.Row(RequestIndex.KeyOf(state.Id))));
        return true;
    }

    private static RequestIndex? Recovered(RequestRow request, string title, List<TrailStretch> stretches) => stretches.Count == 0
        ? null
        : RequestIndex.Unlisted(request, title) with
        {
            Number = stretches[0].Position,
            Sequence = stretches[^1].Sequence + stretches[^1].Count - 1,
            Stretches = [.. stretches.Select(stretch => stretch.ToText())],
        };

    /// <summary>Keys of the rows of lists and inboxes that a request has.</summary>
    public static HashSet<string> KeysOf(RequestIndex index) =>
        [.. RequestLists.KeysOf(index), .. index.Waiting.SelectMany(person => InboxRow.KeysOf(index, person))];

    private static RequestIndex People(PartitionBatch batch, RequestRow request, RequestIndex index, bool isNew, out bool all)
    {
        var room = MostPeople;
        var waiting = Involvement.WaitingFor(request.State);
        var due = RequestIndex.DueOf(request.State);
        foreach (var person in index.Waiting)
        {
            if ((due != index.Due || !waiting.Contains(person, StringComparer.Ordinal)) && room-- > 0)
            {
                InboxRow.Remove(batch, index, person);
                index = index.Barring(person, []) with { Waiting = index.Waiting.Remove(person, StringComparer.Ordinal) };
            }
        }

        // Rows of another due time have to be gone before new ones are keyed by this one.
        index = index.Waiting.IsEmpty ? index with { Due = due } : index;
        foreach (var person in waiting)
        {
            var barred = Involvement.Barred(request.State, person);
            var stands = index.Waiting.Contains(person, StringComparer.Ordinal);
            if (index.Due == due && !(stands && index.Bars(person, barred)) && room-- > 0)
            {
                InboxRow.Put(batch, index, person, barred, isNew: isNew && !stands);
                index = index.Barring(person, barred) with { Waiting = stands ? index.Waiting : index.Waiting.Add(person) };
            }
        }

        foreach (var person in request.Involved.Except(index.Listed, StringComparer.Ordinal))
        {
            if (room-- > 0)
            {
                RequestLists.PutPerson(batch, index, person, isNew);
                index = index with { Listed = index.Listed.Add(person) };
            }
        }

        all = room >= 0;
        return index;
    }
}
