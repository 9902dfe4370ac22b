using Approvals.Outbox;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>Deliveries that were given up: a tenant is a partition, in order of the events, with a second row for each that finds it by its id.</summary>
internal sealed class DeadLetters(TableClient table)
{
    private const string InOrder = "at";
    private const string ById = "id";
    private const string Key = "Key";

    /// <summary>Two rows each, within the service's limit of 100 for one transaction.</summary>
    private const int Batch = 50;

    /// <summary>Adds them, or replaces those with their ids.</summary>
    public async Task SaveAsync(IEnumerable<Delivery> dead, CancellationToken cancellation)
    {
        foreach (var batch in dead.GroupBy(delivery => delivery.Tenant, StringComparer.Ordinal).SelectMany(tenant => tenant.Chunk(Batch)))
        {
            await table.SubmitTransactionAsync(
                batch.SelectMany(Rows).Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellation);
        }
    }

    /// <summary>Does nothing where it is not there.</summary>
    public async Task RemoveAsync(Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                Rows(delivery).Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (RequestFailedException fault) when (fault.IsMissing())
        {
            // It never was, or was removed before.
        }
    }

    /// <summary>The oldest events first.</summary>
    public ValueTask<Page<Delivery>> ListAsync(string tenant, PageRequest page, CancellationToken cancellation) =>
        table.PageAsync(Partition(tenant), InOrder, page, DeliveryRow.Read, cancellation);

    public async ValueTask<Delivery?> FindAsync(string tenant, string id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition(tenant), TableKey.Of(ById, id), cancellationToken: cancellation);
        if (!found.HasValue)
        {
            return null;
        }

        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition(tenant), found.Value!.GetString(Key), cancellationToken: cancellation);
        return row.HasValue ? DeliveryRow.Read(row.Value!) : null;
    }

    private static string Partition(string tenant) => TableKey.Of("dead", tenant);

    private static TableEntity[] Rows(Delivery delivery)
    {
        var key = TableKey.Of(InOrder, TableKey.Ascending(delivery.Position), delivery.Consumer);
        var partition = Partition(delivery.Tenant);
        return [DeliveryRow.Of(delivery, partition, key), new TableEntity(partition, TableKey.Of(ById, delivery.Id)) { [Key] = key }];
    }
}
