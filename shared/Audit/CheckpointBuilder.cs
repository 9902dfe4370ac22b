using System.Collections.Immutable;
using Approvals.Ports;

namespace Approvals.Audit;

/// <summary>Takes checkpoints over what arrived since the last one.</summary>
public static class CheckpointBuilder
{
    /// <summary>Entries that one checkpoint covers at most; it bounds the memory of taking and of verifying one.</summary>
    public const int MostEntries = 100_000;

    /// <summary>
    /// The next checkpoint, or null where nothing is new: the mention of the last one alone would lead to another for ever. Call again while a full
    /// one comes back.
    /// </summary>
    /// <param name="entries">The tenant's entries after the previous checkpoint's last position, in order of arrival.</param>
    public static async ValueTask<Checkpoint?> BuildAsync(
        string tenant,
        Checkpoint? previous,
        IAsyncEnumerable<StoredEntry> entries,
        DateTimeOffset now,
        ICheckpointSigner signer,
        int most = MostEntries,
        CancellationToken cancellation = default)
    {
        var from = previous?.ToPosition ?? 0;
        var to = from;
        var count = 0;
        var isNew = false;
        var heads = new Dictionary<string, ChainHead>(StringComparer.Ordinal);
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            heads[entry.Chain] = new ChainHead(entry.Sequence, entry.Hash);
            to = entry.Position;
            isNew = isNew || CheckpointMention.NumberIn(entry) is null;
            if (++count == most)
            {
                break;
            }
        }

        return !isNew ? null : Sign(tenant, previous, from, to, heads, now, signer);
    }

    private static Checkpoint Sign(
        string tenant, Checkpoint? previous, long from, long to, Dictionary<string, ChainHead> heads, DateTimeOffset now, ICheckpointSigner signer)
    {
        var leaves = heads
            .OrderBy(head => head.Key, StringComparer.Ordinal)
            .Select(head => new CheckpointLeaf(head.Key, head.Value.Sequence, head.Value.Hash))
            .ToImmutableArray();
        var unsigned = new Checkpoint
        {
            Number = (previous?.Number ?? 0) + 1,
            Tenant = tenant,
            At = now,
            FromPosition = from,
            ToPosition = to,
            Chains = leaves.Length,
            Root = Checkpoint.RootOf(leaves),
            PreviousHash = previous?.Hash ?? ChainHead.Empty.Hash,
            KeyId = signer.KeyId,
            Leaves = leaves,
        };
        return unsigned with { Signature = [.. signer.Sign(unsigned.Signed())] };
    }
}
