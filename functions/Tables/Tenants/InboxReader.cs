using System.Collections.Immutable;
using Approvals.Inbox;
using Approvals.Policies;
using Approvals.Requests;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Reads what waits for a person: their own authority and those that they act for, merged in order, each request once.</summary>
internal sealed class InboxReader(RequestIndexes indexes)
{
    public async Task<Page<RequestSummary>> PageAsync(InboxQuery query, TimeZoneInfo zone, PageRequest page, CancellationToken cancellation)
    {
        var found = new List<InboxRow>();
        await foreach (var row in RowsAsync(query, zone, After(query.Sort, page.Cursor), page.Limit + 1, cancellation))
        {
            found.Add(row);
            if (found.Count > page.Limit)
            {
                break;
            }
        }

        var (rows, cursor) = Cursor.Page(found, page.Limit, row => query.Sort == InboxSort.Due ? Cursor.Write(row.Due, row.Number) : Cursor.Write(row.Number));
        var items = await indexes.FindAsync(query.Tenant, rows.Select(row => row.Request), cancellation);
        return new Page<RequestSummary>([.. items.Select(index => index?.Summary).OfType<RequestSummary>()], cursor);
    }

    public async Task<InboxCount> CountAsync(InboxQuery query, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var (count, overdue) = (0, 0);
        await foreach (var row in RowsAsync(query with { Sort = InboxSort.Due }, zone, null, null, cancellation))
        {
            count++;
            overdue += row.Due < query.Now.UtcTicks ? 1 : 0;
        }

        return new InboxCount(count, overdue);
    }

    private static string? After(InboxSort sort, string? cursor) => sort == InboxSort.Due
        ? Cursor.Read(cursor, 2) is [var due, var number] ? InboxRow.OrderOf(sort, due, number) : null
        : Cursor.Read(cursor, 1) is [var newest] ? InboxRow.OrderOf(sort, 0, newest) : null;

    private async IAsyncEnumerable<InboxRow> RowsAsync(
        InboxQuery query, TimeZoneInfo zone, string? after, int? pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filters = InboxFilters.Of(query, zone);
        var authorities = query.Filter == InboxFilter.OnBehalf ? query.Authorities[1..] : query.Authorities;
        var sources = authorities.Select(authority => SourceAsync(query, authority, filters, after, pageSize, cancellation).GetAsyncEnumerator(cancellation)).ToList();
        try
        {
            await MoveAsync(sources, sources);
            while (sources.Count > 0)
            {
                var first = sources.MinBy(source => InboxRow.OrderOf(query.Sort, source.Current.Due, source.Current.Number), StringComparer.Ordinal)!.Current;
                yield return first;

                // A request that waits for several of them has the same place in each source.
                await MoveAsync(sources, [.. sources.Where(source => source.Current.Number == first.Number)]);
            }
        }
        finally
        {
            await Task.WhenAll(sources.Select(source => source.DisposeAsync().AsTask()));
        }
    }

    private static async Task MoveAsync(List<IAsyncEnumerator<InboxRow>> all, IReadOnlyList<IAsyncEnumerator<InboxRow>> moved)
    {
        var more = await Task.WhenAll(moved.Select(source => source.MoveNextAsync().AsTask()));
        foreach (var ended in moved.Where((_, i) => !more[i]).ToList())
        {
            all.Remove(ended);
            await ended.DisposeAsync();
        }
    }

    private async IAsyncEnumerable<InboxRow> SourceAsync(
        InboxQuery query, InboxAuthority authority, InboxFilters filters, string? after, int? pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = InboxRow.First(query.Sort, authority.Person);
        var rows = indexes.Table.RowsAsync(
            TenantTrail.PartitionOf(query.Tenant), first, cancellation, after is null ? null : $"{first}|{after}", pageSize: pageSize);
        await foreach (var entity in rows)
        {
            var row = InboxRow.Of(entity);
            if (query.Sort == InboxSort.Due && row.Due >= filters.DueBefore && filters.DueBefore != long.MaxValue)
            {
                yield break;
            }

            if (filters.Match(row.Due, row.Requester, row.RequestType, row.Barred)
                && (query.Search is not { } search || row.Title.Contains(search, StringComparison.OrdinalIgnoreCase))
                && ActionPattern.MatchesAny(authority.ActionTypes, row.ActionType))
            {
                yield return row;
            }
        }
    }
}
