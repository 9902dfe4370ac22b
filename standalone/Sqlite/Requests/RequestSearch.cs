using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>Finds requests of a tenant by their attributes, newest first.</summary>
internal static class RequestSearch
{
    /// <summary>Up to <paramref name="most"/> requests below a number.</summary>
    public static List<(long Number, RequestSummary Summary)> Down(
        Connection connection, PostingView open, long tenant, RequestQuery query, long before, int most)
    {
        var found = new List<(long, RequestSummary)>();
        foreach (var number in Walk(connection, open, tenant, query).Down(before))
        {
            if (Summary(connection, number) is { } summary && query.Matches(summary))
            {
                found.Add((number, summary));
                if (found.Count == most)
                {
                    break;
                }
            }
        }

        return found;
    }

    public static RequestSummary? Summary(Connection connection, long number)
    {
        var row = connection.Prepare("SELECT title, state FROM request WHERE number = ?1").Bind(1, number);
        if (!row.Step())
        {
            return null;
        }

        var summary = RequestSummary.Of(StoreJson.Read(row.Bytes(1), ChainJson.State), row.Text(0));
        row.Reset();
        return summary;
    }

    private static PostingWalk Walk(Connection connection, PostingView open, long tenant, RequestQuery query)
    {
        var sources = new List<SegmentSource>();
        Add(PostingKind.Subject, query.Subject);
        Add(PostingKind.Requester, query.Requester);
        Add(PostingKind.Involved, query.VisibleTo);
        Add(PostingKind.RequestType, query.RequestType);
        if (query.Status is { } status)
        {
            sources.Add((segment, into) => WithStatus(connection, tenant, status, segment, into));
        }

        Add(PostingKind.Tenant, sources.Count == 0 ? "" : null);
        return new PostingWalk(open.Number, [.. sources]);

        void Add(PostingKind kind, string? value)
        {
            if (value is not null)
            {
                sources.Add(PostingWalk.Having(connection, RequestTable.Family, open, PostingKey.Of(kind, tenant, value)));
            }
        }
    }

    private static void WithStatus(Connection connection, long tenant, RequestStatus status, long segment, List<ushort> into)
    {
        var first = PostingSegment.First(segment);
        var row = connection.Prepare("SELECT number FROM request WHERE tenant = ?1 AND status = ?2 AND number >= ?3 AND number < ?4 ORDER BY number")
            .Bind(1, tenant).Bind(2, StatusColumn.Of(status)).Bind(3, first).Bind(4, PostingSegment.First(segment + 1));
        while (row.Step())
        {
            into.Add((ushort)(row.Int(0) - first));
        }
    }
}
