using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>
/// A row that one process at a time holds: who holds it does what must not be done twice at once (carrying the outbox, sweeping). A holder that
/// dies is followed by another once its time is over.
/// </summary>
/// <remarks>
/// Clocks of two processes may differ by up to <see cref="Skew"/>: whoever takes over waits that much longer than the row says, and the holder stops
/// that much earlier. What the holder had begun before may still be under way, so what it writes is conditional, too.
/// </remarks>
internal sealed class Lease(TableClient table, string name, TimeProvider time)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private const string Partition = "leases";

    private readonly string _holder = Guid.NewGuid().ToString("N");
    private ETag? _held;

    /// <summary>For how long after the beginning of a successful <see cref="TryHoldAsync"/> the holder may work.</summary>
    public static TimeSpan Usable => Duration - Skew;

    /// <summary>Takes the lease, or renews it.</summary>
    /// <returns>False: somebody else holds it.</returns>
    public async Task<bool> TryHoldAsync(CancellationToken cancellation) =>
        (_held is { } version && await TryWriteAsync(version, cancellation)) || await TryTakeAsync(cancellation);

    /// <summary>Lets the next one have it at once. Does nothing where it is not held.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        if (_held is not { } version)
        {
            return;
        }

        _held = null;
        try
        {
            await table.DeleteEntityAsync(Partition, TableKey.Of(name), version, cancellation);
        }
        catch (RequestFailedException fault) when (fault.IsConflict())
        {
            // It is another's by now.
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        _held = null;
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, TableKey.Of(name), cancellationToken: cancellation);
        if (!found.HasValue)
        {
            return await TryWriteAsync(null, cancellation);
        }

        // Our own row with another version: our write was carried out and its answer lost.
        var row = found.Value!;
        var isFree = row.GetString("Holder") == _holder || row.GetDateTimeOffset("Until")!.Value + Skew < time.GetUtcNow();
        return isFree && await TryWriteAsync(row.ETag, cancellation);
    }

    /// <param name="version">That must still be there; null: none may be.</param>
    private async Task<bool> TryWriteAsync(ETag? version, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition, TableKey.Of(name)) { ["Holder"] = _holder, ["Until"] = time.GetUtcNow() + Duration };
        try
        {
            var written = version is { } expected
                ? await table.UpdateEntityAsync(row, expected, TableUpdateMode.Replace, cancellation)
                : await table.AddEntityAsync(row, cancellation);
            _held = written.Headers.ETag;
            return true;
        }
        catch (RequestFailedException fault) when (fault.IsConflict() || fault.IsMissing())
        {
            return false;
        }
    }
}
