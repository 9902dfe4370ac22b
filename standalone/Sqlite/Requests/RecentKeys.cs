using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>Business keys in order of arrival: rows appended to a table of their own, and found by what of them is in memory.</summary>
/// <param name="table">With the columns <c>position, key, request</c>.</param>
internal sealed class RecentKeys(Connection connection, string table)
{
    private readonly Dictionary<UInt128, (long Request, long Position)> found = [];
    private readonly string select = $"SELECT position, key, request FROM {table}";
    private readonly string insert = $"INSERT INTO {table}(position, key, request) VALUES (?1, ?2, ?3)";
    private readonly string delete = $"DELETE FROM {table} WHERE position = ?1";
    private readonly string empty = $"DELETE FROM {table}";
    private long last;

    public int Count => found.Count;

    public IReadOnlyCollection<UInt128> Keys => found.Keys;

    /// <summary>Reads what the table has.</summary>
    public void Open()
    {
        found.Clear();
        last = 0;
        var row = connection.Prepare(select);
        while (row.Step())
        {
            last = row.Int(0);
            found.Add(row.Key(1), (row.Int(2), last));
        }
    }

    /// <returns>The request's number, or null.</returns>
    public long? Find(UInt128 key) => found.TryGetValue(key, out var entry) ? entry.Request : null;

    /// <param name="key">Is not there yet.</param>
    public void Add(UInt128 key, long request)
    {
        found.Add(key, (request, ++last));
        connection.Prepare(insert).Bind(1, last).BindKey(2, key).Bind(3, request).Run();
    }

    /// <param name="request">Only if the key is this one's; null: whosever it is.</param>
    public void Remove(UInt128 key, long? request)
    {
        if (found.TryGetValue(key, out var entry) && (request is null || request == entry.Request))
        {
            connection.Prepare(delete).Bind(1, entry.Position).Run();
            found.Remove(key);
        }
    }

    public void Clear()
    {
        connection.Prepare(empty).Run();
        found.Clear();
        last = 0;
    }
}
