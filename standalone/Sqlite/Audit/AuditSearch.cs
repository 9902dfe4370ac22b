using Approvals.Audit;
using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>Finds entries of a tenant by their attributes and time, a stretch at a time.</summary>
internal static class AuditSearch
{
    /// <summary>Up to <paramref name="most"/> entries below a position, newest first.</summary>
    public static List<StoredEntry> Down(
        Connection connection, PostingView open, long tenant, AuditQuery query, long before, int most) =>
        Take(connection, query, Walk(connection, open, tenant, query).Down(before, Segments(connection, open, query, descending: true)), most);

    /// <summary>Up to <paramref name="most"/> entries above a position and up to another, in order of arrival.</summary>
    public static List<StoredEntry> Up(
        Connection connection, PostingView open, long tenant, AuditQuery query, long after, long last, int most) =>
        Take(
            connection,
            query,
            Walk(connection, open, tenant, query).Up(after, Segments(connection, open, query, descending: false)).TakeWhile(position => position <= last),
            most);

    private static PostingWalk Walk(Connection connection, PostingView open, long tenant, AuditQuery query)
    {
        var sources = new List<SegmentSource>();
        Add(PostingKind.Subject, query.Subject);
        Add(PostingKind.Actor, query.Actor);
        Add(PostingKind.Action, query.Action);
        Add(PostingKind.ActorType, query.ActorType);
        Add(PostingKind.Tenant, sources.Count == 0 ? "" : null);
        return new PostingWalk(open.Number, [.. sources]);

        void Add(PostingKind kind, string? value)
        {
            if (value is not null)
            {
                sources.Add(PostingWalk.Having(connection, AuditLog.Family, open, PostingKey.Of(kind, tenant, value)));
            }
        }
    }

    /// <summary>Segments with entries of the time asked for; null: any.</summary>
    private static List<long>? Segments(Connection connection, PostingView open, AuditQuery query, bool descending)
    {
        if (query.From is null && query.To is null)
        {
            return null;
        }

        var segments = new List<long>();
        var row = connection.Prepare("SELECT segment FROM audit_time WHERE segment < ?1 AND last >= ?2 AND first < ?3 ORDER BY segment")
            .Bind(1, open.Number).Bind(2, query.From?.UtcTicks ?? long.MinValue).Bind(3, query.To?.UtcTicks ?? long.MaxValue);
        while (row.Step())
        {
            segments.Add(row.Int(0));
        }

        segments.Add(open.Number);
        if (descending)
        {
            segments.Reverse();
        }

        return segments;
    }

    private static List<StoredEntry> Take(Connection connection, AuditQuery query, IEnumerable<long> positions, int most)
    {
        var found = new List<StoredEntry>();
        foreach (var position in positions)
        {
            if (AuditReader.Find(connection, position, out var at) is { } entry && !(at < query.From?.UtcTicks) && !(at >= query.To?.UtcTicks))
            {
                found.Add(entry);
                if (found.Count == most)
                {
                    break;
                }
            }
        }

        return found;
    }
}
