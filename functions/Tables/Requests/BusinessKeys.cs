using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>Which request answers for a business key: a row in a partition of its own, changed only by who read what stands there.</summary>
internal sealed class BusinessKeys(TableClient table)
{
    private const string Row = "k";

    /// <param name="Tag">To be given back with a change.</param>
    public readonly record struct Holder(string RequestId, ETag Tag);

    public async Task<Holder?> FindAsync(string tenant, string key, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(tenant, key), Row, cancellationToken: cancellation);
        return row.HasValue ? new Holder(row.Value!.GetString("request"), row.Value.ETag) : null;
    }

    /// <summary>False: another request has it.</summary>
    public Task<bool> TakeAsync(string tenant, string key, string requestId, CancellationToken cancellation) =>
        TryAsync(() => table.AddEntityAsync(Of(tenant, key, requestId), cancellation));

    /// <summary>False: it is no longer the given one's.</summary>
    public Task<bool> TakeOverAsync(string tenant, string key, Holder from, string requestId, CancellationToken cancellation) =>
        TryAsync(() => table.UpdateEntityAsync(Of(tenant, key, requestId), from.Tag, TableUpdateMode.Replace, cancellation));

    /// <summary>Makes sure that a key taken a while ago is still the request's: from then on nobody who found it before takes it over.</summary>
    public async Task<bool> KeepAsync(string tenant, string key, string requestId, CancellationToken cancellation) =>
        await FindAsync(tenant, key, cancellation) is { } holder && holder.RequestId == requestId
        && await TakeOverAsync(tenant, key, holder, requestId, cancellation);

    /// <summary>After a resubmission: the request answers for its new payload, whoever did before.</summary>
    public Task PutAsync(string tenant, string key, string requestId, CancellationToken cancellation) =>
        table.UpsertEntityAsync(Of(tenant, key, requestId), TableUpdateMode.Replace, cancellation);

    public async Task ReleaseAsync(string tenant, string key, string requestId, CancellationToken cancellation)
    {
        if (await FindAsync(tenant, key, cancellation) is { } holder && holder.RequestId == requestId)
        {
            await TryAsync(() => table.DeleteEntityAsync(PartitionOf(tenant, key), Row, holder.Tag, cancellation));
        }
    }

    private static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException fault) when (fault.IsMissing() || fault.IsConflict())
        {
            return false;
        }
    }

    private static TableEntity Of(string tenant, string key, string requestId) => new(PartitionOf(tenant, key), Row) { ["request"] = requestId };

    private static string PartitionOf(string tenant, string key) => $"!key|{TableKey.Of(tenant, key)}";
}
