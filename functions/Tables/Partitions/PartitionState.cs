using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Partitions;

/// <summary>
/// What one process knows of a partition: its head with the tag under which it may be replaced, and rows that were read or written. All of it
/// holds as long as no other process writes; a conflict tells. Used by one writer, one call at a time.
/// </summary>
internal sealed class PartitionState(TableClient table, string partition)
{
    /// <summary>Rows remembered at most.</summary>
    private const int MostKnown = 4096;

    private readonly Dictionary<string, TableEntity?> known = new(StringComparer.Ordinal);
    private PartitionHead? head;
    private ETag tag;

    public async Task<SubmitOutcome> SubmitAsync(PartitionBatch batch)
    {
        if (batch.IsEmpty)
        {
            return SubmitOutcome.Written;
        }

        var write = Guid.NewGuid().ToString("N");
        var headRow = batch.Head.ToRow(partition, write);
        var actions = new List<TableTransactionAction>
        {
            tag == default
                ? new(TableTransactionActionType.Add, headRow)
                : new(TableTransactionActionType.UpdateReplace, headRow, tag),
        };
        actions.AddRange(batch.Rows.Select(row => row.Value is { } value
            ? new TableTransactionAction(WriteOf(batch, row.Key), value, ETag.All)
            : new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, row.Key), ETag.All)));
        while (true)
        {
            try
            {
                var response = await table.SubmitTransactionAsync(actions);
                Adopt(batch, response.Value[0].Headers.ETag ?? default);
                return SubmitOutcome.Written;
            }
            catch (TableTransactionFailedException fault) when (IsMissing(fault, actions))
            {
                // What was to be removed is not there: so much the better.
                actions.RemoveAt(fault.FailedTransactionActionIndex!.Value);
            }
            catch (TableTransactionFailedException fault) when (IsOtherwise(fault, actions))
            {
                return await IsWrittenAsync(write) ? SubmitOutcome.Written : SubmitOutcome.Mistaken;
            }
            catch (RequestFailedException fault) when (fault.IsConflict())
            {
                return await IsWrittenAsync(write) ? SubmitOutcome.Written : SubmitOutcome.Overtaken;
            }
        }
    }

    /// <summary>An emulator looks through the partition for each row: once where it is told what to expect, else up to three times.</summary>
    private TableTransactionActionType WriteOf(PartitionBatch batch, string key) =>
        known.TryGetValue(key, out var row) ? row is null ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace
        : batch.IsNew(key) ? TableTransactionActionType.Add
        : TableTransactionActionType.UpsertReplace;

    /// <summary>A row is there that should not be, or is not where it should be: what was planned rests on a mistake.</summary>
    private static bool IsOtherwise(TableTransactionFailedException fault, List<TableTransactionAction> actions) =>
        fault.FailedTransactionActionIndex is > 0 and var index && (fault.Status, actions[index].ActionType) is
            (409, TableTransactionActionType.Add) or (404, TableTransactionActionType.UpdateReplace);

    private static bool IsMissing(TableTransactionFailedException fault, List<TableTransactionAction> actions) =>
        fault is { Status: 404, FailedTransactionActionIndex: { } index } && actions[index].ActionType == TableTransactionActionType.Delete;

    /// <summary>A retried request meets its own first try as a conflict.</summary>
    private async Task<bool> IsWrittenAsync(string write)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, PartitionHead.Key);
        var written = found is { HasValue: true, Value: { } row } && row.GetString("write") == write;
        Forget();
        return written;
    }

    private void Adopt(PartitionBatch batch, ETag written)
    {
        tag = written;
        head = batch.Head;
        if (known.Count > MostKnown)
        {
            known.Clear();
        }

        foreach (var (key, row) in batch.Rows)
        {
            known[key] = row;
        }
    }

    /// <summary>Where it stands, as far as this process knows.</summary>
    public async ValueTask<PartitionHead> OpenAsync()
    {
        if (head is null)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, PartitionHead.Key);
            tag = found.HasValue ? found.Value!.ETag : default;
            head = found.HasValue ? PartitionHead.Of(found.Value!) : PartitionHead.Empty;
        }

        return head;
    }

    /// <summary>A row as it was committed last; null where there is none.</summary>
    /// <param name="isNew">None should be there: only memory is asked.</param>
    public async ValueTask<TableEntity?> FindAsync(string key, bool isNew)
    {
        if (!known.TryGetValue(key, out var row) && !isNew)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key);
            known[key] = row = found.HasValue ? found.Value : null;
        }

        return row;
    }

    /// <summary>After a conflict, or where it is in doubt what was written.</summary>
    public void Forget()
    {
        known.Clear();
        head = null;
        tag = default;
    }
}
