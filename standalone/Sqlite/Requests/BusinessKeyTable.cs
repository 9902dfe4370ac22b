using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>The last request of each business key, while it may still answer.</summary>
internal sealed class BusinessKeyTable(Connection connection)
{
    /// <returns>The request's number.</returns>
    public long? Find(long tenant, string businessKey)
    {
        Span<byte> key = stackalloc byte[PostingKey.Size];
        Write(tenant, businessKey, key);
        var row = connection.Prepare("SELECT request FROM business WHERE key = ?1").Bind(1, key);
        if (!row.Step())
        {
            return null;
        }

        var request = row.Int(0);
        row.Reset();
        return request;
    }

    public void Put(long tenant, string businessKey, long request)
    {
        Span<byte> key = stackalloc byte[PostingKey.Size];
        Write(tenant, businessKey, key);
        connection.Prepare("INSERT OR REPLACE INTO business(key, request) VALUES (?1, ?2)").Bind(1, key).Bind(2, request).Run();
    }

    /// <summary>Does nothing where a later request has taken the key over.</summary>
    public void Remove(long tenant, string businessKey, long request)
    {
        Span<byte> key = stackalloc byte[PostingKey.Size];
        Write(tenant, businessKey, key);
        connection.Prepare("DELETE FROM business WHERE key = ?1 AND request = ?2").Bind(1, key).Bind(2, request).Run();
    }

    private static void Write(long tenant, string businessKey, Span<byte> column) =>
        PostingKey.Write(PostingKey.Of(PostingKind.BusinessKey, tenant, businessKey), column);
}
