namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>When time next does something to which request.</summary>
internal sealed class DueTable(Connection connection)
{
    /// <summary>The earliest time set by the running transaction.</summary>
    public long? Earliest { get; private set; }

    public void Move(long request, long? from, long? to)
    {
        if (from == to)
        {
            return;
        }

        if (from is { } was)
        {
            connection.Prepare("DELETE FROM due WHERE at = ?1 AND request = ?2").Bind(1, was).Bind(2, request).Run();
        }

        if (to is { } at)
        {
            connection.Prepare("INSERT INTO due(at, request) VALUES (?1, ?2)").Bind(1, at).Bind(2, request).Run();
            Earliest = Math.Min(Earliest ?? long.MaxValue, at);
        }
    }

    public void Forget() => Earliest = null;

    /// <summary>The earliest there is.</summary>
    public static long? First(Connection connection) => connection.Number("SELECT min(at) FROM due");

    /// <summary>Numbers of requests that are due, earliest first.</summary>
    public static List<long> Until(Connection connection, DateTimeOffset now, int most)
    {
        var found = new List<long>();
        var row = connection.Prepare("SELECT request FROM due WHERE at <= ?1 ORDER BY at LIMIT ?2").Bind(1, now.UtcTicks).Bind(2, most);
        while (row.Step())
        {
            found.Add(row.Int(0));
        }

        return found;
    }
}
