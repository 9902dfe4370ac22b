using Approvals.Ports;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Idempotency;

/// <summary>First responses by Idempotency-Key.</summary>
internal sealed class SqliteIdempotencyStore(ReaderPool readers, Writer writer) : IIdempotencyStore
{
    public ValueTask<StoredResponse?> FindAsync(string tenant, string caller, string key, DateTimeOffset now, CancellationToken cancellation) =>
        readers.ReadAsync(connection => Find(connection, PostingKey.Of(PostingKind.Response, 0, tenant, caller, key), now), cancellation);

    public async ValueTask SaveAsync(string tenant, string caller, string key, StoredResponse response, CancellationToken cancellation) =>
        await writer.RunAsync(
            ledger => Save(ledger.Connection, PostingKey.Of(PostingKind.Response, 0, tenant, caller, key), response), cancellation);

    /// <summary>Drops responses that nobody is given any more.</summary>
    /// <returns>False: nothing is left to drop.</returns>
    public static bool Prune(Connection connection, DateTimeOffset now, int most)
    {
        connection.Prepare("DELETE FROM response WHERE key IN (SELECT key FROM response WHERE at <= ?1 ORDER BY at LIMIT ?2)")
            .Bind(1, (now - IIdempotencyStore.Kept).UtcTicks).Bind(2, most).Run();
        return connection.Changes == most;
    }

    private static StoredResponse? Find(Connection connection, UInt128 key, DateTimeOffset now)
    {
        var row = connection.Prepare("SELECT at, body_hash, status, location, content_type, body FROM response WHERE key = ?1 AND at > ?2")
            .BindKey(1, key).Bind(2, (now - IIdempotencyStore.Kept).UtcTicks);
        if (!row.Step())
        {
            return null;
        }

        var response = new StoredResponse(
            row.Text(1), (int)row.Int(2), row.TextOrNull(3), row.Text(4), row.Bytes(5).ToArray(), Time.At(row.Int(0)));
        row.Reset();
        return response;
    }

    private static bool Save(Connection connection, UInt128 key, StoredResponse response)
    {
        connection.Prepare("DELETE FROM response WHERE key = ?1 AND at <= ?2").BindKey(1, key).Bind(2, (response.At - IIdempotencyStore.Kept).UtcTicks).Run();
        connection.Prepare("""
            INSERT INTO response(key, at, body_hash, status, location, content_type, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT(key) DO NOTHING
            """)
            .BindKey(1, key).Bind(2, response.At.UtcTicks).Bind(3, response.BodyHash).Bind(4, response.Status).Bind(5, response.Location)
            .Bind(6, response.ContentType).Bind(7, response.Body.Span).Run();
        return true;
    }
}
