using System.Runtime.CompilerServices;
using Approvals.Audit;
using Approvals.Standalone.Sqlite.Requests;

namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>The trail as streams that borrow a reader for each stretch.</summary>
internal sealed class AuditStreams(ReaderPool readers)
{
    /// <summary>Entries read at once: about half a megabyte.</summary>
    private const int Stretch = 500;

    /// <summary>Positions looked at at once.</summary>
    private const int Window = 2000;

    /// <summary>A tenant's entries as the rows have them, not by any index: what an index lost would not be missed.</summary>
    public async IAsyncEnumerable<StoredEntry> EveryAsync(long tenant, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = await readers.ReadAsync(AuditReader.Last, cancellation);
        for (var after = 0L; after < last; after += Window)
        {
            var until = Math.Min(after + Window, last);
            foreach (var entry in await readers.ReadAsync(connection => AuditReader.Stretch(connection, tenant, after, until), cancellation))
            {
                yield return entry;
            }
        }
    }

    /// <summary>A request's entries; none where there is no such request.</summary>
    public async IAsyncEnumerable<StoredEntry> ChainAsync(long tenant, string request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await readers.ReadAsync(connection => RequestReader.NumberOf(connection, tenant, request), cancellation) is not { } number)
        {
            yield break;
        }

        var stretches = StretchesAsync(
            (after, token) => readers.ReadAsync(connection => AuditReader.Chain(connection, number, after, Stretch), token),
            static entry => entry.Sequence,
            0,
            cancellation);
        await foreach (var entry in stretches)
        {
            yield return entry;
        }
    }

    /// <summary>What a search finds after a position, up to where the trail ended when it began.</summary>
    public async IAsyncEnumerable<StoredEntry> MatchingAsync(
        Func<Connection, long, long, int, List<StoredEntry>> search, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = await readers.ReadAsync(AuditReader.Last, cancellation);
        var stretches = StretchesAsync(
            (from, token) => readers.ReadAsync(connection => search(connection, from, last, Stretch), token),
            static entry => entry.Position,
            after,
            cancellation);
        await foreach (var entry in stretches)
        {
            yield return entry;
        }
    }

    private static async IAsyncEnumerable<StoredEntry> StretchesAsync(
        Func<long, CancellationToken, ValueTask<List<StoredEntry>>> read,
        Func<StoredEntry, long> place,
        long after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<StoredEntry> stretch;
        do
        {
            stretch = await read(after, cancellation);
            foreach (var entry in stretch)
            {
                yield return entry;
            }

            after = stretch.Count > 0 ? place(stretch[^1]) : after;
        }
        while (stretch.Count == Stretch);
    }
}
