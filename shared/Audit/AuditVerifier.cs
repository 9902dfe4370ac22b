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
        RunAsync(tenant, null, entries, checkpoints, signer, cancellation);

    /// <summary>One chain, against what every checkpoint says of it. Of the signatures only the last is checked: each checkpoint links to the one before.</summary>
    /// <param name="entries">The entries of that chain in order of arrival.</param>
    public static Task<AuditVerification> VerifyChainAsync(
        string tenant,
        string chain,
        IAsyncEnumerable<StoredEntry> entries,
        ICheckpointStore checkpoints,
        ICheckpointSigner signer,
        CancellationToken cancellation = default) =>
        RunAsync(tenant, chain, entries, checkpoints, signer, cancellation);

    private static async Task<AuditVerification> RunAsync(
        string tenant,
        string? only,
        IAsyncEnumerable<StoredEntry> entries,
        ICheckpointStore store,
        ICheckpointSigner signer,
        CancellationToken cancellation)
    {
        // A checkpoint taken while this runs may cover entries that the stream, opened earlier, does not show: read to the noted one.
        var noted = await store.LastAsync(tenant, cancellation);
        var check = new TrailCheck(tenant, only, signer);
        await using var checkpoints = UpToAsync(store, tenant, noted, cancellation).GetAsyncEnumerator(cancellation);
        var count = 0L;
        var more = await checkpoints.MoveNextAsync();
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            for (; more && entry.Position > checkpoints.Current.ToPosition; more = await checkpoints.MoveNextAsync())
            {
                if (check.Checkpoint(checkpoints.Current, only is null) is { } broken)
                {
                    return new AuditVerification(false, count, broken);
                }
            }

            count++;
            if (check.Entry(entry) is { } invalid)
            {
                return new AuditVerification(false, count, invalid);
            }
        }

        for (; more; more = await checkpoints.MoveNextAsync())
        {
            if (check.Checkpoint(checkpoints.Current, only is null) is { } broken)
            {
                return new AuditVerification(false, count, broken);
            }
        }

        var end = check.End(noted) ?? await MissedAsync(check, noted, store, tenant, cancellation);
        return new AuditVerification(end is null, count, end);
    }

    /// <summary>A checkpoint later than the noted one may have been taken, and mentioned, while this ran: then it is there by now.</summary>
    private static async ValueTask<InvalidEntry?> MissedAsync(
        TrailCheck check, Checkpoint? noted, ICheckpointStore store, string tenant, CancellationToken cancellation)
    {
        if (check.Missed == 0)
        {
            return null;
        }

        var isThere = check.Missed > (noted?.Number ?? 0) && (await store.LastAsync(tenant, cancellation))?.Number >= check.Missed;
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
}
