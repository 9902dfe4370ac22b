using System.Runtime.CompilerServices;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Standalone.Sqlite.Postings;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;

namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>Reads the trail.</summary>
/// <param name="index">What positions have which attributes.</param>
internal sealed class SqliteAuditStore(
    ReaderPool readers, TenantCatalog catalog, PostingIndex index, ICheckpointStore checkpoints, ICheckpointSigner signer) : IAuditStore
{
    /// <summary>Entries of a request looked at at once.</summary>
    private const int Stretch = 500;

    private readonly AuditStreams streams = new(readers);

    public ValueTask<Page<StoredEntry>> QueryAsync(AuditQuery query, PageRequest page, CancellationToken cancellation)
    {
        if (catalog.NumberOf(query.Tenant) is not { } tenant)
        {
            return new(new Page<StoredEntry>([], null));
        }

        var last = Cursor.Read(page.Cursor, 1)?[0];
        return query.RequestId is { } request
            ? readers.ReadAsync(connection => ChainPage(connection, tenant, request, query, last ?? 0, page.Limit), cancellation)
            : readers.ReadAsync(connection => Page(connection, tenant, query, last ?? long.MaxValue, page.Limit), cancellation);
    }

    public async IAsyncEnumerable<StoredEntry> ExportAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (catalog.NumberOf(query.Tenant) is not { } tenant)
        {
            yield break;
        }

        var entries = query.RequestId is { } request
            ? streams.ChainAsync(tenant, request, cancellation)
            : Matching(tenant, query, 0, cancellation);
        await foreach (var entry in entries)
        {
            if (query.RequestId is null || query.Matches(AuditFields.Read(entry)))
            {
                yield return entry;
            }
        }
    }

    public IAsyncEnumerable<StoredEntry> ReadAsync(string tenant, long afterPosition, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } number
            ? Matching(number, new AuditQuery { Tenant = tenant }, afterPosition, cancellation)
            : AsyncEnumerable.Empty<StoredEntry>();

    /// <summary>
    /// Reads the rows themselves, not by any index: what an index lost would not be missed. But for one request, mentions of checkpoints are found by it.
    /// </summary>
    public async Task<AuditVerification> VerifyAsync(string tenant, string? requestId, CancellationToken cancellation)
    {
        if (catalog.NumberOf(tenant) is not { } number)
        {
            return new AuditVerification(true, 0, null);
        }

        return requestId is null
            ? await AuditVerifier.VerifyAsync(tenant, streams.EveryAsync(number, cancellation), checkpoints, signer, cancellation: cancellation)
            : await AuditVerifier.VerifyChainAsync(
                tenant,
                requestId,
                streams.ChainAsync(number, requestId, cancellation),
                Matching(number, CheckpointMention.Query(tenant), 0, cancellation),
                checkpoints,
                signer,
                cancellation);
    }

    private Page<StoredEntry> Page(Connection connection, long tenant, AuditQuery query, long before, int limit)
    {
        var open = index.Open;
        return Cursor.Page(
            AuditSearch.Down(connection, open, tenant, query, before, limit + 1), limit, entry => Cursor.Write(entry.Position));
    }

    private static Page<StoredEntry> ChainPage(Connection connection, long tenant, string request, AuditQuery query, long after, int limit)
    {
        var found = new List<StoredEntry>();
        if (RequestReader.NumberOf(connection, tenant, request) is { } number)
        {
            List<StoredEntry> stretch;
            do
            {
                stretch = AuditReader.Chain(connection, number, after, Stretch);
                found.AddRange(stretch.Where(entry => query.Matches(AuditFields.Read(entry))));
                after = stretch.Count > 0 ? stretch[^1].Sequence : after;
            }
            while (stretch.Count == Stretch && found.Count <= limit);
            if (found.Count > limit + 1)
            {
                found.RemoveRange(limit + 1, found.Count - limit - 1);
            }
        }

        return Cursor.Page(found, limit, entry => Cursor.Write(entry.Sequence));
    }

    private IAsyncEnumerable<StoredEntry> Matching(long tenant, AuditQuery query, long after, CancellationToken cancellation) =>
        streams.MatchingAsync(
            (connection, from, last, most) => AuditSearch.Up(connection, index.Open, tenant, query, from, last, most), after, cancellation);
}
