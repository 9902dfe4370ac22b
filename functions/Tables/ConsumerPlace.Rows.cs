using System.Collections.Immutable;
using Approvals.Outbox;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>The partition's rows; all within <see cref="AloneAsync"/>.</summary>
internal sealed partial class ConsumerPlace
{
    /// <summary>The service's limit for one transaction.</summary>
    private const int Batch = 100;

    /// <summary>Rows first and the cursor last, in as few transactions as they need: in one, where they fit.</summary>
    private async Task WriteAsync(long position, ImmutableArray<Delivery> postponed, CancellationToken cancellation)
    {
        var rows = postponed.Select(delivery => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(delivery))).Chunk(Batch).ToList();
        var last = rows.Count > 0 && rows[^1].Length < Batch ? rows[^1] : [];
        foreach (var batch in rows.Where(batch => batch != last))
        {
            await table.SubmitTransactionAsync(batch, cancellation);
        }

        while (true)
        {
            var cursor = new TableEntity(_partition, Cursor) { ["Position"] = position, ["Owner"] = owner };
            var write = _version is { } version
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, cursor, version)
                : new TableTransactionAction(TableTransactionActionType.Add, cursor);
            try
            {
                var written = await table.SubmitTransactionAsync([.. last, write], cancellation);
                _version = written.Value[^1].Headers.ETag;
                return;
            }
            catch (RequestFailedException fault) when (fault.IsConflict())
            {
                // Our own write, where only its answer was lost; else another process's.
                var row = await FindCursorAsync(cancellation);
                _version = row?.GetString("Owner") == owner ? row.ETag : throw new ConsumerTakenException(consumer);
            }
        }
    }

    private async Task<WaitingDeliveries> LoadAsync(CancellationToken cancellation)
    {
        if (_waiting is { } loaded)
        {
            return loaded;
        }

        var waiting = new WaitingDeliveries();
        var returned = new List<TableEntity>();
        ETag? version = null;
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {_partition}"), cancellationToken: cancellation))
        {
            switch (row.RowKey.Split(TableKey.Separator)[0])
            {
                case Cursor:
                    version = row.ETag;
                    break;
                case Waiting:
                    waiting.Set(DeliveryRow.Read(row));
                    break;
                case Returned:
                    returned.Add(row);
                    break;
            }
        }

        await ForgetReturnedAsync(returned, cancellation);
        // Where the cursor was read before, it is that version that must still be there.
        _version ??= version;
        _lookedAt = time.GetTimestamp();
        return _waiting = waiting;
    }

    private async Task TakeReturnedAsync(WaitingDeliveries waiting, CancellationToken cancellation)
    {
        var returned = new List<TableEntity>();
        await foreach (var row in table.RowsAsync(_partition, Returned, cancellation))
        {
            returned.Add(row);
            var found = await table.GetEntityIfExistsAsync<TableEntity>(_partition, row.GetString("Key"), cancellationToken: cancellation);
            if (found.HasValue)
            {
                waiting.Set(DeliveryRow.Read(found.Value!));
            }
        }

        await ForgetReturnedAsync(returned, cancellation);
        _lookedAt = time.GetTimestamp();
    }

    private async Task ForgetReturnedAsync(List<TableEntity> returned, CancellationToken cancellation)
    {
        foreach (var row in returned)
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
        }
    }

    private async Task<TableEntity?> FindCursorAsync(CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(_partition, Cursor, cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }
}
