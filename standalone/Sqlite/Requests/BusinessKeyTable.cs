using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>
/// The last request of each business key, while it may still answer. Keys are hashes: each new one would touch another page of the table,
/// and have it written whole. Therefore new ones are appended, and when they are many, put where they belong in the order of the table,
/// some with each transaction, so that many go to one page. Two lists take turns at being appended to and being put away.
/// </summary>
/// <remarks>Belongs to the writer's thread.</remarks>
/// <param name="most">New keys before they are put away.</param>
internal sealed class BusinessKeyTable(Connection connection, int most = BusinessKeyTable.Most)
{
    /// <summary>A table of a million keys has some five thousand pages: several keys go to each. Two lists of as many are held in memory.</summary>
    private const int Most = 32_768;

    private readonly List<UInt128> order = new(most);
    private RecentKeys arriving = new(connection, "business_a");
    private RecentKeys leaving = new(connection, "business_b");
    private (long Tenant, string? Text, UInt128 Key) last;
    private int put;
    private int arrived;
    private bool changed;

    /// <summary>Reads what is not put away yet.</summary>
    public void Open()
    {
        arriving.Open();
        leaving.Open();
        order.Clear();
        Begin();
        changed = false;
    }

    /// <returns>The request's number.</returns>
    public long? Find(long tenant, string businessKey)
    {
        var key = KeyOf(tenant, businessKey);
        return arriving.Find(key) ?? leaving.Find(key) ?? Settled(key);
    }

    public void Put(long tenant, string businessKey, long request)
    {
        var key = KeyOf(tenant, businessKey);
        Remove(key, null);
        arriving.Add(key, request);
        arrived++;
    }

    /// <summary>Does nothing where a later request has taken the key over.</summary>
    public void Remove(long tenant, string businessKey, long request) => Remove(KeyOf(tenant, businessKey), request);

    /// <summary>Before a commit: puts away twice as many as have come, so that one list is done before the other is full.</summary>
    public void Settle()
    {
        if (order.Count == 0 && arriving.Count >= most)
        {
            (arriving, leaving) = (leaving, arriving);
            Begin();
        }

        for (var i = 0; i < 2 * arrived && put < order.Count; i++)
        {
            changed = true;
            Settle(order[put++]);
        }

        if (put == order.Count && order.Count > 0)
        {
            leaving.Clear();
            order.Clear();
        }

        arrived = 0;
    }

    public void Commit() => changed = false;

    public void Rollback()
    {
        arrived = 0;
        if (changed)
        {
            Open();
        }
    }

    private void Begin()
    {
        order.AddRange(leaving.Keys);
        order.Sort();
        put = 0;
    }

    private long? Settled(UInt128 key)
    {
        var row = connection.Prepare("SELECT request FROM business WHERE key = ?1").BindKey(1, key);
        if (!row.Step())
        {
            return null;
        }

        var request = row.Int(0);
        row.Reset();
        return request;
    }

    /// <summary>What has been put away stays among those that leave, and in their table, until all of them have been.</summary>
    private void Settle(UInt128 key)
    {
        if (leaving.Find(key) is { } request)
        {
            connection.Prepare("INSERT OR REPLACE INTO business(key, request) VALUES (?1, ?2)").BindKey(1, key).Bind(2, request).Run();
        }
    }

    private void Remove(UInt128 key, long? request)
    {
        changed = true;
        arriving.Remove(key, request);
        leaving.Remove(key, request);
        connection.Prepare("DELETE FROM business WHERE key = ?1 AND request = ifnull(?2, request)").BindKey(1, key).Bind(2, request).Run();
    }

    /// <summary>Remembers the last: a key that is not found is put next.</summary>
    private UInt128 KeyOf(long tenant, string businessKey)
    {
        if (tenant != last.Tenant || !ReferenceEquals(businessKey, last.Text))
        {
            last = (tenant, businessKey, PostingKey.Of(PostingKind.BusinessKey, tenant, businessKey));
        }

        return last.Key;
    }
}
