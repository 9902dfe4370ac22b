using Approvals.Audit;

namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>Reads rows of the trail.</summary>
internal static class AuditReader
{
    /// <summary>Null where there is none at that position.</summary>
    public static StoredEntry? Find(Connection connection, long position, out long at)
    {
        at = 0;
        var row = connection.Prepare("SELECT position, chain, sequence, canonical, hash, at FROM audit WHERE position = ?1").Bind(1, position);
        if (!row.Step())
        {
            return null;
        }

        at = row.Int(5);
        var entry = Read(row);
        row.Reset();
        return entry;
    }

    /// <summary>Entries of a request after a sequence, in their order.</summary>
    public static List<StoredEntry> Chain(Connection connection, long request, long after, int most)
    {
        // A cursor is the caller's text: it must not reach into another request.
        after = Math.Clamp(after, 0, (1 << AuditLog.SequenceBits) - 1);
        var entries = new List<StoredEntry>();
        var row = connection.Prepare("""
            SELECT a.position, a.chain, a.sequence, a.canonical, a.hash
            FROM trail t JOIN audit a ON a.position >= t.first AND a.position < t.first + t.count
            WHERE t.id > ?1 AND t.id < ?2 AND a.sequence > ?3 ORDER BY t.id, a.position LIMIT ?4
            """)
            .Bind(1, (request << AuditLog.SequenceBits) | after).Bind(2, (request + 1) << AuditLog.SequenceBits).Bind(3, after).Bind(4, most);
        while (row.Step())
        {
            entries.Add(Read(row));
        }

        return entries;
    }

    /// <summary>Entries of a tenant within a stretch of positions, whatever any index says of them.</summary>
    public static List<StoredEntry> Stretch(Connection connection, long tenant, long after, long last)
    {
        var entries = new List<StoredEntry>();
        var row = connection.Prepare("""
            SELECT position, chain, sequence, canonical, hash FROM audit WHERE position > ?1 AND position <= ?2 AND tenant = ?3 ORDER BY position
            """)
            .Bind(1, after).Bind(2, last).Bind(3, tenant);
        while (row.Step())
        {
            entries.Add(Read(row));
        }

        return entries;
    }

    public static long Last(Connection connection) => connection.Number("SELECT max(position) FROM audit") ?? 0;

    private static StoredEntry Read(Statement row) => new(
        row.Int(0), row.TextOrNull(1) ?? AuditChain.TenantChain, row.Int(2), row.Bytes(3).ToArray(), HashColumn.Read(row.Bytes(4)));
}
