using System.Runtime.CompilerServices;
using Approvals.Ports;

namespace Approvals.Audit;

/// <summary>
/// Recomputes a trail: each entry's hash, its link to the one before, and every signed checkpoint.
/// </summary>
/// <remarks>
/// Found are changed, removed, inserted, repeated and reordered entries; chains rewritten or removed whole, and tails cut off, as far as
/// a checkpoint covers them; forged, changed and removed checkpoints, the last and all of them too, since the tenant's chain mentions each. Not found: what
/// was rewritten consistently after the last checkpoint, and the last checkpoints being removed together with the tenant's chain from their mention on.
/// Streams; memory is about 90 bytes a chain and the chains of one checkpoint.
/// </remarks>
public static class AuditVerifier
{
    /// <summary>The whole trail of a tenant.</summary>
    /// <param name="entries">All entries of the tenant in order of arrival; opened after the checkpoints' end was noted.</param>
    public static Task<AuditVerification> VerifyAsync(
        string tenant,
        IAsyncEnumerable<StoredEntry> entries,
        ICheckpointStore checkpoints,
        ICheckpointSigner signer,
        CancellationToken cancellation = default) =>
        RunAsync(new TrailCheck(tenant, null, signer), entries, checkpoints, cancellation);

    /// <summary>
    /// One chain, against what every checkpoint says of it, and the checkpoints against what the tenant's chain says of them. Of the signatures only the
    /// last is checked: each checkpoint links to the one before.
    /// </summary>
    /// <param name="entries">The entries of that chain in order of arrival.</param>
    /// <param name="mentions">What <see cref="CheckpointMention.Query"/> finds, in order of arrival: as many as there are checkpoints.</param>
    public static Task<AuditVerification> VerifyChainAsync(
        string tenant,
        string chain,
        IAsyncEnumerable<StoredEntry> entries,
        IAsyncEnumerable<StoredEntry> mentions,
        ICheckpointStore checkpoints,
        ICheckpointSigner signer,
        CancellationToken cancellation = default) =>
        RunAsync(new TrailCheck(tenant, chain, signer), InOrder(entries, mentions, cancellation), checkpoints, cancellation);

    private static async Task<AuditVerification> RunAsync(
        TrailCheck check, IAsyncEnumerable<StoredEntry> entries, ICheckpointStore store, CancellationToken cancellation)
    {
        // A checkpoint taken while this runs may cover entries that the stream, opened earlier, does not show: read to the noted one.
        var noted = await store.LastAsync(check.Tenant, cancellation);
        await using var checkpoints = UpToAsync(store, check.Tenant, noted, cancellation).GetAsyncEnumerator(cancellation);
        var more = await checkpoints.MoveNextAsync();
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            for (; more && entry.Position > checkpoints.Current.ToPosition; more = await checkpoints.MoveNextAsync())
            {
                if (check.Checkpoint(checkpoints.Current) is { } broken)
                {
                    return new AuditVerification(false, check.Checked, broken);
                }
            }

            if (check.Entry(entry) is { } invalid)
            {
                return new AuditVerification(false, check.Checked, invalid);
            }
        }

        for (; more; more = await checkpoints.MoveNextAsync())
        {
            if (check.Checkpoint(checkpoints.Current) is { } broken)
            {
                return new AuditVerification(false, check.Checked, broken);
            }
        }

        var end = check.End(noted) ?? await MissedAsync(check, noted, store, cancellation);
        return new AuditVerification(end is null, check.Checked, end);
    }

    /// <summary>A checkpoint later than the noted one may have been taken, and mentioned, while this ran: then it is there by now.</summary>
    private static async ValueTask<InvalidEntry?> MissedAsync(
        TrailCheck check, Checkpoint? noted, ICheckpointStore store, CancellationToken cancellation)
    {
        if (check.Missed == 0)
        {
            return null;
        }

        var isThere = check.Missed > (noted?.Number ?? 0) && (await store.LastAsync(check.Tenant, cancellation))?.Number >= check.Missed;
        return isThere ? null : TrailCheck.Missing(check.Missed);
    }

    private static async IAsyncEnumerable<Checkpoint> UpToAsync(
        ICheckpointStore store, string tenant, Checkpoint? noted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (noted is null)
        {
            yield break;
        }

        var end = noted.Hash;
        await foreach (var checkpoint in store.ReadAsync(tenant, cancellation))
        {
            yield return checkpoint;
            if (checkpoint.Hash == end)
            {
                yield break;
            }
        }
    }

    /// <summary>Two streams as one, by position.</summary>
    private static async IAsyncEnumerable<StoredEntry> InOrder(
        IAsyncEnumerable<StoredEntry> entries, IAsyncEnumerable<StoredEntry> mentions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var others = mentions.GetAsyncEnumerator(cancellation);
        var more = await others.MoveNextAsync();
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            for (; more && others.Current.Position < entry.Position; more = await others.MoveNextAsync())
            {
                yield return others.Current;
            }

            yield return entry;
        }

        for (; more; more = await others.MoveNextAsync())
        {
            yield return others.Current;
        }
    }
}
