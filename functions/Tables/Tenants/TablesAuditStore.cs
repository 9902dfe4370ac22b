using Approvals.Audit;
using Approvals.Functions.Tables.Requests;
using Approvals.Ports;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Reads and proves the trail.</summary>
internal sealed class TablesAuditStore(
    TrailReader trail, RequestTable requests, RequestIndexes indexes, ICheckpointStore checkpoints, ICheckpointSigner signer) : IAuditStore
{
    /// <summary>Above every position that is ever given.</summary>
    private const long NotGivenYet = long.MaxValue / 2;

    /// <summary>Entries looked at at once where a list is walked backwards.</summary>
    private const int Stretch = 200;

    public async ValueTask<Page<StoredEntry>> QueryAsync(AuditQuery query, PageRequest page, CancellationToken cancellation)
    {
        var last = Cursor.Read(page.Cursor, 1)?[0];
        var entries = query.RequestId is { } request
            ? requests.EntriesAsync(query.Tenant, request, last ?? 0, cancellation)
            : DownAsync(query, last ?? long.MaxValue, cancellation);
        var found = await entries.Where(entry => query.Matches(AuditFields.Read(entry))).Take(page.Limit + 1).ToListAsync(cancellation);
        return Cursor.Page(found, page.Limit, entry => Cursor.Write(query.RequestId is null ? entry.Position : entry.Sequence));
    }

    public IAsyncEnumerable<StoredEntry> ExportAsync(AuditQuery query, CancellationToken cancellation) =>
        (query.RequestId is { } request ? ChainAsync(query.Tenant, request, cancellation) : UpAsync(query, cancellation))
        .Where(entry => query.Matches(AuditFields.Read(entry)));

    public IAsyncEnumerable<StoredEntry> ReadAsync(string tenant, long afterPosition, CancellationToken cancellation) =>
        trail.ReadAsync(tenant, afterPosition, long.MaxValue, cancellation);

    public Task<AuditVerification> VerifyAsync(string tenant, string? requestId, CancellationToken cancellation) => requestId is null
        ? AuditVerifier.VerifyAsync(tenant, ReadAsync(tenant, 0, cancellation), checkpoints, signer, cancellation: cancellation)
        : AuditVerifier.VerifyChainAsync(
            tenant,
            requestId,
            ChainAsync(tenant, requestId, cancellation),
            UpAsync(CheckpointMention.Query(tenant), cancellation),
            checkpoints,
            signer,
            cancellation);

    /// <summary>A request's entries with their positions. Those that were not carried over yet have come after every checkpoint.</summary>
    private async IAsyncEnumerable<StoredEntry> ChainAsync(
        string tenant, string requestId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var index = await indexes.FindAsync(tenant, requestId, cancellation);
        var stretches = (index?.Stretches ?? []).Select(text => TrailStretch.Parse(requestId, text)).ToList();
        await foreach (var entry in requests.EntriesAsync(tenant, requestId, 0, cancellation))
        {
            var stretch = stretches.FirstOrDefault(each => each.Sequence <= entry.Sequence && entry.Sequence < each.Sequence + each.Count);
            yield return entry with { Position = stretch.Count == 0 ? NotGivenYet + entry.Sequence : stretch.Position + entry.Sequence - stretch.Sequence };
        }
    }

    /// <summary>Newest first, below a position.</summary>
    private async IAsyncEnumerable<StoredEntry> DownAsync(
        AuditQuery query, long below, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = await BoundsAsync(query, cancellation);
        var top = Math.Min(to, below - 1);
        if (TrailIndex.FirstOf(query) is { } first)
        {
            await foreach (var some in PlacesAsync(query.Tenant, first, from, top, cancellation).Chunk(Stretch).WithCancellation(cancellation))
            {
                foreach (var entry in await trail.FindAsync(query.Tenant, some, cancellation))
                {
                    yield return entry;
                }
            }

            yield break;
        }

        for (var high = top; high > from; high -= Stretch)
        {
            var low = Math.Max(from, high - Stretch);
            foreach (var entry in (await trail.ReadAsync(query.Tenant, low, high, cancellation).ToListAsync(cancellation)).AsEnumerable().Reverse())
            {
                yield return entry;
            }
        }
    }

    private async IAsyncEnumerable<StoredEntry> UpAsync(
        AuditQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = await BoundsAsync(query, cancellation);
        if (TrailIndex.FirstOf(query) is not { } first)
        {
            await foreach (var entry in trail.ReadAsync(query.Tenant, from, to, cancellation))
            {
                yield return entry;
            }

            yield break;
        }

        // The index goes down: its places, some forty bytes each, are turned round.
        var places = await PlacesAsync(query.Tenant, first, from, to, cancellation).ToListAsync(cancellation);
        places.Reverse();
        foreach (var some in places.Chunk(Stretch))
        {
            foreach (var entry in await trail.FindAsync(query.Tenant, some, cancellation))
            {
                yield return entry;
            }
        }
    }

    /// <summary>Places of entries with the query's most selective value, newest first.</summary>
    private async IAsyncEnumerable<TrailStretch> PlacesAsync(
        string tenant, string first, long above, long upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        // A row stands where its last entry does, which may lie above the bound while others of it lie below.
        var start = upTo > long.MaxValue - Stretch ? null : TrailIndex.KeyOf(first, upTo + Stretch);
        await foreach (var row in trail.Table.RowsAsync(TenantTrail.PartitionOf(tenant), first, cancellation, start, pageSize: Stretch))
        {
            if (TrailStretch.Of(row).Last <= above)
            {
                yield break;
            }

            foreach (var place in TrailIndex.Entries(row).Where(place => place.Position <= upTo && place.Position > above))
            {
                yield return place;
            }
        }
    }

    /// <summary>Between which positions (exclusive, inclusive) everything lies that is asked for.</summary>
    private async Task<(long From, long To)> BoundsAsync(AuditQuery query, CancellationToken cancellation)
    {
        var head = await trail.HeadAsync(query.Tenant, cancellation);
        return (
            query.From is { } from ? await trail.BeforeAsync(query.Tenant, from, head, cancellation) : 0,
            query.To is { } to ? await trail.AfterAsync(query.Tenant, to, head, cancellation) : head);
    }
}
