using System.Collections.Immutable;
using Approvals.Inbox;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Requests;

namespace Approvals.Standalone.Sqlite.Inbox;

/// <summary>Reads what waits for a person: their own authority and those that they act for, merged in order, each request once.</summary>
internal static class InboxReader
{
    /// <summary>Place of the first person among the parameters of a count.</summary>
    private const int FirstPerson = 8;

    /// <summary>Each number of people is a statement of its own.</summary>
    private const int MaxMerged = 8;

    /// <summary>By the number of people.</summary>
    private static readonly ImmutableArray<string> Counts = [.. Enumerable.Range(0, MaxMerged + 1).Select(CountOf)];

    public static Page<RequestSummary> Page(Connection connection, long tenant, TimeZoneInfo zone, InboxQuery query, PageRequest page)
    {
        var order = InboxOrder.Of(query.Sort);
        var found = new List<(WaitingRow Row, RequestSummary Summary)>();
        foreach (var row in Rows(connection, tenant, zone, query, order, order.After(page.Cursor)))
        {
            if (RequestSearch.Summary(connection, row.Request) is { } summary)
            {
                found.Add((row, summary));
                if (found.Count > page.Limit)
                {
                    break;
                }
            }
        }

        var (items, cursor) = Cursor.Page(found, page.Limit, item => order.CursorAt(item.Row));
        return new Page<RequestSummary>([.. items.Select(item => item.Summary)], cursor);
    }

    public static InboxCount Count(Connection connection, long tenant, TimeZoneInfo zone, InboxQuery query)
    {
        var filters = InboxFilters.Of(query, zone);
        var authorities = Authorities(query);
        if (query.Search is null && authorities.Length is > 0 and <= MaxMerged && authorities.All(authority => authority.ActionTypes.Contains(ActionPattern.All)))
        {
            return Count(connection, tenant, [.. authorities.Select(authority => authority.Person)], filters, query.Now);
        }

        var (count, overdue) = (0, 0);
        foreach (var row in Rows(connection, tenant, zone, query, InboxOrder.Of(InboxSort.Due), null))
        {
            count++;
            overdue += row.Due < query.Now.UtcTicks ? 1 : 0;
        }

        return new InboxCount(count, overdue);
    }

    /// <summary>Of authorities over everything: counted without reading the rows out. Ordered branches merge, without a table in between.</summary>
    private static InboxCount Count(Connection connection, long tenant, ImmutableArray<string> people, InboxFilters filters, DateTimeOffset now)
    {
        var row = connection.Prepare(Counts[people.Length])
            .Bind(1, tenant).Bind(2, filters.DueFrom)
            .Bind(3, filters.DueBefore == long.MaxValue ? long.MaxValue : filters.DueBefore - 1)
            .Bind(4, filters.ExceptRequester).Bind(5, filters.RequestType).Bind(6, now.UtcTicks).Bind(7, filters.Reader);
        for (var place = 0; place < people.Length; place++)
        {
            row.Bind(place + FirstPerson, people[place]);
        }

        row.Step();
        var count = new InboxCount((int)row.Int(0), (int)row.Int(1));
        row.Reset();
        return count;
    }

    private static string CountOf(int people)
    {
        var branches = Enumerable.Range(FirstPerson, people).Select(person => $"""
            SELECT due, request FROM waiting
            WHERE tenant = ?1 AND person = ?{person} AND due >= ?2 AND due <= ?3
              AND (?4 IS NULL OR requester <> ?4) AND (?5 IS NULL OR request_type = ?5)
              AND (barred IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(barred) WHERE value = ?7))
            """);
        return $"SELECT count(*), total(due < ?6) FROM ({string.Join(" UNION ", branches)} ORDER BY due, request LIMIT -1)";
    }

    private static ImmutableArray<InboxAuthority> Authorities(InboxQuery query) =>
        query.Filter == InboxFilter.OnBehalf ? query.Authorities[1..] : query.Authorities;

    private static IEnumerable<WaitingRow> Rows(
        Connection connection, long tenant, TimeZoneInfo zone, InboxQuery query, InboxOrder order, ImmutableArray<long>? after)
    {
        var filters = InboxFilters.Of(query, zone);
        var sources = new List<InboxSource>();
        foreach (var authority in Authorities(query))
        {
            sources.Add(new InboxSource(connection, tenant, authority, filters, query.Search, order, after ?? order.Start));
        }

        return Merge(sources, order);
    }

    /// <summary>A request that waits for several of them has the same keys in each source, so its rows meet.</summary>
    private static IEnumerable<WaitingRow> Merge(List<InboxSource> sources, InboxOrder order)
    {
        WaitingRow? last = null;
        while (true)
        {
            InboxSource? first = null;
            WaitingRow next = default;
            foreach (var source in sources)
            {
                if (source.Peek() is { } row && (first is null || order.Compare(row, next) < 0))
                {
                    (first, next) = (source, row);
                }
            }

            if (first is null)
            {
                yield break;
            }

            first.Take();
            if (last?.Request != next.Request)
            {
                last = next;
                yield return next;
            }
        }
    }
}
