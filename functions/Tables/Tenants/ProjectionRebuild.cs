using Approvals.Audit;
using Approvals.Functions.Tables.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Makes lists, inboxes and the trail's index anew from the requests' partitions, for operators: after rows were lost or damaged. The order of
/// arrival, on which checkpoints rest, stays what it is, but for entries that stand in it twice (<see cref="TrailRepair"/>). Requests go on meanwhile.
/// </summary>
internal sealed class ProjectionRebuild(RequestTable requests, TenantTrail tenants, TrailRepair repair, TableClient table)
{
    /// <summary>Requests done by one call.</summary>
    private const int MostAtOnce = 200;

    /// <summary>What lists and inboxes begin with.</summary>
    private static readonly string[] Lists = ["l", "v", "w"];

    /// <param name="tenant">Whose requests.</param>
    /// <param name="after">Partition key to go on after; null: from the beginning.</param>
    /// <returns>Where to go on; null at the end.</returns>
    public async Task<string?> RequestsAsync(string tenant, string? after, CancellationToken cancellation)
    {
        if (after is null)
        {
            await repair.RunAsync(tenant, cancellation);
        }

        var first = TableKey.Part(tenant);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey gt {after ?? first + TableKey.Separator} and PartitionKey lt {first + TableKey.AfterSeparator} and RowKey eq {RequestRow.Key}");
        var done = 0;
        await foreach (var row in requests.Client.QueryAsync<TableEntity>(filter, MostAtOnce, cancellationToken: cancellation))
        {
            await RequestAsync(RequestRow.Of(row), cancellation);
            if (++done == MostAtOnce)
            {
                return row.PartitionKey;
            }
        }

        return null;
    }

    /// <summary>Drops rows of lists and inboxes for which no request stands. Call when all requests are done.</summary>
    public async Task OrphansAsync(string tenant, CancellationToken cancellation)
    {
        var partition = TenantTrail.PartitionOf(tenant);
        foreach (var list in Lists)
        {
            await foreach (var row in table.RowsAsync(partition, list, cancellation))
            {
                var id = row.GetString("id") ?? row.GetString("request");
                await tenants.Of(tenant).WriteAsync(async batch =>
                {
                    if (await batch.FindAsync(RequestIndex.KeyOf(id)) is not { } found || !RequestProjection.KeysOf(RequestIndex.Of(found)).Contains(row.RowKey))
                    {
                        batch.Remove(row.RowKey);
                    }

                    return true;
                });
            }
        }
    }

    private async Task RequestAsync(RequestRow request, CancellationToken cancellation)
    {
        var state = request.State;
        var loaded = await requests.LoadAsync(state.Tenant, state.Id, null, cancellation);
        var entries = await requests.EntriesAsync(state.Tenant, state.Id, 0, cancellation).Select(AuditFields.Read).ToListAsync(cancellation);
        var again = true;
        while (!await tenants.Of(state.Tenant).WriteAsync(async batch =>
        {
            var planned = again && await RequestProjection.ForgetAsync(
                batch, loaded.Row!, loaded.Snapshot!.Title, () => StretchesAsync(state.Tenant, state.Id, cancellation), entries);
            return !planned && await RequestProjection.PlanAsync(
                batch, loaded.Row!, loaded.Snapshot!.Title, isNew: false, sequence => new([.. entries.Where(entry => entry.Sequence > sequence)]));
        }))
        {
            again = false;
        }
    }

    /// <summary>Where a request's entries stand in the order of arrival, found by looking through all of it.</summary>
    private async Task<List<TrailStretch>> StretchesAsync(string tenant, string requestId, CancellationToken cancellation) => await table
        .RowsAsync(TenantTrail.PartitionOf(tenant), TrailStretch.First, cancellation)
        .Select(TrailStretch.Of)
        .Where(stretch => stretch.Request == requestId)
        .ToListAsync(cancellation);
}
