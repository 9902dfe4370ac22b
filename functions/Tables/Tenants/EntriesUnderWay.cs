using Approvals.Functions.Tables.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Whose chains are being appended to outside of any orchestration, which would repeat what was broken off. Noted in the tenant's partition before
/// the commit, dropped with its projection: so what a process that died left of it is found without a look at every request.
/// </summary>
internal sealed class EntriesUnderWay(TableClient table, TenantTrail tenants, Dispatcher dispatcher, TimeProvider time)
{
    private const string First = "u";

    /// <summary>Longer than a call with all its retries takes: what is older is nobody's any more.</summary>
    private static readonly TimeSpan LeftAfter = TimeSpan.FromMinutes(2);

    /// <returns>The note's key.</returns>
    public Task<string> NoteAsync(string tenant, string requestId)
    {
        var key = TableKey.Of(First, Guid.NewGuid().ToString("N"));
        return tenants.Of(tenant).WriteAsync(batch =>
        {
            var row = batch.Row(key);
            row["request"] = requestId;
            row["since"] = time.GetUtcNow();
            batch.Put(row, isNew: true);
            return new ValueTask<string>(key);
        });
    }

    public Task DropAsync(string tenant, string note) => tenants.Of(tenant).WriteAsync(batch =>
    {
        batch.Remove(note);
        return new ValueTask<bool>(true);
    });

    /// <summary>Carries over what was left. Repeatable.</summary>
    public async Task CarryOverAsync(string tenant, CancellationToken cancellation)
    {
        var left = time.GetUtcNow() - LeftAfter;
        foreach (var note in await table.ListAsync(TenantTrail.PartitionOf(tenant), First, cancellation))
        {
            if (note.GetDateTimeOffset("since") <= left)
            {
                await dispatcher.DispatchAsync(tenant, note.GetString("request"), cancellation);
                await DropAsync(tenant, note.RowKey);
            }
        }
    }
}
