using Approvals.Audit;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Reads the tenant's trail: the order of arrival from its own partition, the entries of requests from theirs, where alone they stand.</summary>
internal sealed class TrailReader(TableClient table, RequestTable requests)
{
    /// <summary>Stretches fetched at the same time.</summary>
    private const int Concurrency = 16;

    /// <summary>Machines' clocks, and the time that an entry takes to arrive, differ by less than this.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    public TableClient Table { get; } = table;

    /// <summary>Entries after a position and up to another, in order of arrival.</summary>
    public async IAsyncEnumerable<StoredEntry> ReadAsync(
        string tenant, long after, long upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = Table.RowsAsync(TenantTrail.PartitionOf(tenant), TrailStretch.First, cancellation, TrailStretch.KeyOf(after));
        await foreach (var some in rows.Chunk(Concurrency).WithCancellation(cancellation))
        {
            foreach (var entries in await Task.WhenAll(some.Select(row => EntriesAsync(tenant, row, cancellation))))
            {
                foreach (var entry in entries.Where(entry => entry.Position > after))
                {
                    if (entry.Position > upTo)
                    {
                        yield break;
                    }

                    yield return entry;
                }
            }
        }
    }

    /// <summary>Single entries, in the given order. One that is not there any more is left out: verification finds that, queries go on.</summary>
    public async Task<IReadOnlyList<StoredEntry>> FindAsync(string tenant, IReadOnlyList<TrailStretch> places, CancellationToken cancellation)
    {
        var found = new List<StoredEntry>(places.Count);
        foreach (var some in places.Chunk(Concurrency))
        {
            found.AddRange((await Task.WhenAll(some.Select(place => FindAsync(tenant, place, cancellation)))).OfType<StoredEntry>());
        }

        return found;
    }

    public async Task<long> HeadAsync(string tenant, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(TenantTrail.PartitionOf(tenant), PartitionHead.Key, cancellationToken: cancellation);
        return row.HasValue ? PartitionHead.Of(row.Value!).Position : 0;
    }

    /// <summary>A position before everything that happened at or after a time, found by halving; the head where nothing did.</summary>
    public Task<long> BeforeAsync(string tenant, DateTimeOffset time, long head, CancellationToken cancellation) =>
        HalveAsync(tenant, time - Slack, head, cancellation);

    /// <summary>A position after everything that happened before a time.</summary>
    public Task<long> AfterAsync(string tenant, DateTimeOffset time, long head, CancellationToken cancellation) =>
        HalveAsync(tenant, time + Slack, head, cancellation);

    private async Task<long> HalveAsync(string tenant, DateTimeOffset time, long head, CancellationToken cancellation)
    {
        var (low, high) = (0L, head);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var row = await Table
                .RowsAsync(TenantTrail.PartitionOf(tenant), TrailStretch.First, cancellation, TrailStretch.KeyOf(middle), pageSize: 1)
                .FirstOrDefaultAsync(cancellation);
            if (row is null || row.GetDateTimeOffset("at") >= time)
            {
                high = middle;
            }
            else
            {
                low = Math.Max(middle + 1, Math.Min(head, TrailStretch.Of(row).Last));
            }
        }

        return low;
    }

    private async Task<IReadOnlyList<StoredEntry>> EntriesAsync(string tenant, TableEntity row, CancellationToken cancellation)
    {
        var stretch = TrailStretch.Of(row);
        if (stretch.Request is not { } request)
        {
            return [Own(row, stretch)];
        }

        var entries = requests.EntriesAsync(tenant, request, stretch.Sequence - 1, cancellation, upTo: stretch.Sequence + stretch.Count - 1);
        return await entries.Select(entry => entry with { Position = stretch.Position + entry.Sequence - stretch.Sequence }).ToListAsync(cancellation);
    }

    private async Task<StoredEntry?> FindAsync(string tenant, TrailStretch place, CancellationToken cancellation)
    {
        if (place.Request is { } request)
        {
            return await requests.EntryAsync(tenant, request, place.Sequence, cancellation) is { } entry ? entry with { Position = place.Position } : null;
        }

        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            TenantTrail.PartitionOf(tenant), TrailStretch.KeyOf(place.Position), cancellationToken: cancellation);
        return row.HasValue ? Own(row.Value!, place) : null;
    }

    private static StoredEntry Own(TableEntity row, TrailStretch stretch) =>
        new(stretch.Position, AuditChain.TenantChain, stretch.Sequence, row.Bytes("body"), row.GetString("hash"));
}
