using Approvals.Ports;

namespace Approvals.Audit;

/// <summary>Checks entries and checkpoints as they come by; each call answers with what does not hold, or null.</summary>
/// <param name="only">The one chain that is read, with what mentions checkpoints, or null for all of the tenant.</param>
internal sealed class TrailCheck(string tenant, string? only, ICheckpointSigner signer)
{
    /// <summary>Stands in place of a request id where a checkpoint itself does not hold; its number in place of the sequence.</summary>
    public const string Checkpoints = "checkpoints";

    private static string Forged => Texts.CheckpointForged;

    /// <summary>Chains as they stood at the last checkpoint.</summary>
    private readonly ChainHeads _heads = new();

    /// <summary>Chains that grew since; emptied at each checkpoint.</summary>
    private readonly Dictionary<string, ChainHead> _segment = new(StringComparer.Ordinal);

    private readonly HashSet<string> _covered = new(StringComparer.Ordinal);
    private long _position;
    private Checkpoint? _checkpoint;

    /// <summary>The latest checkpoint that the trail mentions and that did not come by before its mention; 0: none.</summary>
    public long Missed { get; private set; }

    public string Tenant => tenant;

    /// <summary>Entries of the chains that are read, mentions of checkpoints not counted where only one is.</summary>
    public long Checked { get; private set; }

    public InvalidEntry? Entry(StoredEntry entry)
    {
        InvalidEntry Invalid(string reason) => new(entry.Chain, entry.Sequence, reason);

        var isRead = only is null || entry.Chain == only;
        Checked += isRead ? 1 : 0;
        if (entry.Position <= _position)
        {
            return Invalid(Texts.TrailOutOfOrder);
        }

        _position = entry.Position;
        if (AuditChain.HashOf(entry.Canonical.Span) != entry.Hash)
        {
            return Invalid(Texts.TrailBytesHash);
        }

        if (!EntryLink.TryRead(entry.Canonical.Span, out var link))
        {
            return Invalid(Texts.TrailBytes);
        }

        if (link.Tenant != tenant || link.Chain != entry.Chain || link.Sequence != entry.Sequence
            || link.Id != AuditEntryJson.IdOf(entry.Chain, entry.Sequence))
        {
            return Invalid(Texts.TrailPlace);
        }

        if (isRead && Follow(entry, link) is { } invalid)
        {
            return invalid;
        }

        if (CheckpointMention.NumberIn(entry) is { } mentioned && mentioned > (_checkpoint?.Number ?? 0))
        {
            Missed = Math.Max(Missed, mentioned);
        }

        return null;
    }

    public static InvalidEntry Missing(long number) => new(Checkpoints, number, Texts.CheckpointMentioned);

    /// <summary>Compares a checkpoint with the entries that it covers, all of which have come by.</summary>
    public InvalidEntry? Checkpoint(Checkpoint checkpoint)
    {
        if (Itself(checkpoint) is { } reason)
        {
            return new InvalidEntry(Checkpoints, (_checkpoint?.Number ?? 0) + 1, reason);
        }

        _checkpoint = checkpoint;
        _covered.Clear();
        foreach (var leaf in checkpoint.Leaves)
        {
            if ((only is null || leaf.Chain == only) && Leaf(checkpoint, leaf) is { } invalid)
            {
                return invalid;
            }

            _covered.Add(leaf.Chain);
        }

        foreach (var (chain, head) in _segment)
        {
            if (!_covered.Contains(chain))
            {
                return new InvalidEntry(chain, head.Sequence, Phrase.With(Texts.TrailAdded, checkpoint.Number));
            }

            _heads[chain] = head;
        }

        _segment.Clear();
        return null;
    }

    /// <summary>The last checkpoint must have come by, and its signature vouches for all before it.</summary>
    public InvalidEntry? End(Checkpoint? noted)
    {
        if (_checkpoint?.Hash != noted?.Hash)
        {
            return new InvalidEntry(Checkpoints, noted?.Number ?? 0, Texts.CheckpointMissing);
        }

        return noted is null || Signed(noted) ? null : new InvalidEntry(Checkpoints, noted.Number, Forged);
    }

    private InvalidEntry? Follow(StoredEntry entry, EntryLink link)
    {
        var head = _segment.TryGetValue(entry.Chain, out var recent) ? recent : _heads[entry.Chain];
        if (link.Sequence > head.Sequence + 1)
        {
            return new InvalidEntry(entry.Chain, head.Sequence + 1, Phrase.With(Texts.TrailGap, link.Sequence, head.Sequence));
        }

        if (link.Sequence <= head.Sequence)
        {
            return new InvalidEntry(entry.Chain, entry.Sequence, Phrase.With(Texts.TrailRepeats, head.Sequence));
        }

        if (link.PreviousHash != head.Hash)
        {
            return new InvalidEntry(entry.Chain, entry.Sequence, Phrase.With(Texts.TrailUnlinked, head.Sequence));
        }

        _segment[entry.Chain] = new ChainHead(entry.Sequence, entry.Hash);
        return null;
    }

    private InvalidEntry? Leaf(Checkpoint checkpoint, CheckpointLeaf leaf)
    {
        if (!_segment.TryGetValue(leaf.Chain, out var head) || head.Sequence < leaf.Sequence)
        {
            var last = Math.Max(head.Sequence, _heads[leaf.Chain].Sequence);
            return new InvalidEntry(
                leaf.Chain, Math.Min(last + 1, leaf.Sequence), Phrase.With(Texts.TrailMissing, checkpoint.Number, leaf.Sequence));
        }

        if (head.Sequence > leaf.Sequence)
        {
            return new InvalidEntry(leaf.Chain, leaf.Sequence + 1, Phrase.With(Texts.TrailAdded, checkpoint.Number));
        }

        return head.Hash == leaf.Hash
            ? null
            : new InvalidEntry(leaf.Chain, leaf.Sequence, Phrase.With(Texts.TrailRewritten, checkpoint.Number));
    }

    private string? Itself(Checkpoint checkpoint)
    {
        if (checkpoint.Tenant != tenant || checkpoint.Number != (_checkpoint?.Number ?? 0) + 1
            || checkpoint.PreviousHash != (_checkpoint?.Hash ?? ChainHead.Empty.Hash)
            || checkpoint.FromPosition != (_checkpoint?.ToPosition ?? 0) || checkpoint.ToPosition <= checkpoint.FromPosition)
        {
            return Texts.CheckpointUnlinked;
        }

        if (checkpoint.Chains != checkpoint.Leaves.Length || Audit.Checkpoint.RootOf(checkpoint.Leaves) != checkpoint.Root)
        {
            return Texts.CheckpointRoot;
        }

        return only is null && !Signed(checkpoint) ? Forged : null;
    }

    private bool Signed(Checkpoint checkpoint) => signer.Verify(checkpoint.KeyId, checkpoint.Signed(), checkpoint.Signature.AsSpan());
}
