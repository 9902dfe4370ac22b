using System.Collections.Immutable;
using Approvals.Inbox;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Requests;

namespace Approvals.Standalone.Sqlite.Inbox;

/// <summary>Reads what waits for a person: their own authority and those that they act for, merged in order, each request once.</summary>
internal static class InboxReader
{
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
        if (query is { Authorities: [var only], Search: null } && query.Filter != InboxFilter.OnBehalf)
        {
            return Count(connection, tenant, only.Person, filters, query.Now);
        }

        var (count, overdue) = (0, 0);
        foreach (var row in Rows(connection, tenant, zone, query, InboxOrder.Of(InboxSort.Due), null))
        {
            count++;
            overdue += row.Due < query.Now.UtcTicks ? 1 : 0;
        }

        return new InboxCount(count, overdue);
    }

    /// <summary>Of somebody's own authority, which is over everything.</summary>
    private static InboxCount Count(Connection connection, long tenant, string person, InboxFilters filters, DateTimeOffset now)
    {
        var row = connection.Prepare("""
            SELECT count(*), total(due < ?7) FROM waiting
            WHERE tenant = ?1 AND person = ?2 AND due >= ?3 AND due <= ?4
              AND (?5 IS NULL OR requester <> ?5) AND (?6 IS NULL OR request_type = ?6)
            """)
            .Bind(1, tenant).Bind(2, person).Bind(3, filters.DueFrom)
            .Bind(4, filters.DueBefore == long.MaxValue ? long.MaxValue : filters.DueBefore - 1)
            .Bind(5, filters.ExceptRequester).Bind(6, filters.RequestType).Bind(7, now.UtcTicks);
        row.Step();
        var count = new InboxCount((int)row.Int(0), (int)row.Int(1));
        row.Reset();
        return count;
    }

    private static IEnumerable<WaitingRow> Rows(
        Connection connection, long tenant, TimeZoneInfo zone, InboxQuery query, InboxOrder order, ImmutableArray<long>? after)
    {
        var filters = InboxFilters.Of(query, zone);
        var authorities = query.Filter == InboxFilter.OnBehalf ? query.Authorities.AsSpan()[1..] : query.Authorities.AsSpan();
        var sources = new List<InboxSource>();
        foreach (var authority in authorities)
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
