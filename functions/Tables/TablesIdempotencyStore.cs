using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>
/// First responses by Idempotency-Key, in partitions by the day on which they were given: a day's rows are over together and are dropped in one
/// stretch, without an index. A response can only be in two of the days.
/// </summary>
internal sealed class TablesIdempotencyStore(TableClient table) : IIdempotencyStore
{
    /// <summary>The service's limit for one transaction.</summary>
    private const int Batch = 100;

    public async ValueTask<StoredResponse?> FindAsync(string tenant, string caller, string key, DateTimeOffset now, CancellationToken cancellation)
    {
        var rowKey = TableKey.Of(tenant, caller, key);
        var dayBefore = FindAsync(Partition(now - IIdempotencyStore.Kept, rowKey), rowKey, now, cancellation);
        var today = FindAsync(Partition(now, rowKey), rowKey, now, cancellation);
        // The earlier one is the first: around midnight two callers at once may each have kept theirs.
        return await dayBefore ?? await today;
    }

    public async ValueTask SaveAsync(string tenant, string caller, string key, StoredResponse response, CancellationToken cancellation)
    {
        var rowKey = TableKey.Of(tenant, caller, key);
        var row = new TableEntity(Partition(response.At, rowKey), rowKey)
        {
            ["Hash"] = response.BodyHash,
            ["Status"] = response.Status,
            ["Location"] = response.Location,
            ["ContentType"] = response.ContentType,
            ["At"] = response.At.UtcTicks,
        };
        try
        {
            await table.AddEntityAsync(row.With("Body", response.Body), cancellation);
        }
        catch (RequestFailedException fault) when (fault.IsConflict())
        {
            // The first one stays. It can't be over: both are of one day.
        }
    }

    /// <summary>Drops the responses that are over. Costs nothing for those of today: the days' partitions sort by date.</summary>
    public async Task PruneAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var past = (now - IIdempotencyStore.Kept).UtcTicks;
        var over = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey lt {Day(now)} and At le {past}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
        var rows = new List<TableEntity>(Batch);
        await foreach (var row in over)
        {
            if (rows.Count == Batch || (rows.Count > 0 && rows[0].PartitionKey != row.PartitionKey))
            {
                await DropAsync(rows, cancellation);
            }

            rows.Add(row);
        }

        await DropAsync(rows, cancellation);
    }

    /// <summary>Sixteen to a day: one partition takes about 2,000 operations a second.</summary>
    private static string Partition(DateTimeOffset at, string rowKey) =>
        $"{Day(at)}{TableKey.Separator}{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(rowKey)))[0]}";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private async Task<StoredResponse?> FindAsync(string partition, string rowKey, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, rowKey, cancellationToken: cancellation);
        if (!found.HasValue)
        {
            return null;
        }

        var row = found.Value!;
        var at = new DateTimeOffset(row.GetInt64("At")!.Value, TimeSpan.Zero);
        return at + IIdempotencyStore.Kept <= now
            ? null
            : new StoredResponse(
                row.GetString("Hash"), row.GetInt32("Status")!.Value, row.GetString("Location"), row.GetString("ContentType"), row.Bytes("Body"), at);
    }

    private async Task DropAsync(List<TableEntity> rows, CancellationToken cancellation)
    {
        if (rows.Count > 0)
        {
            await table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
            rows.Clear();
        }
    }
}
