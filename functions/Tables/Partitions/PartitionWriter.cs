using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Partitions;

/// <summary>
/// The writing side of one partition. Every write replaces its head row under the ETag that was read, so that all processes together write one
/// after the other; within this process, writes that wait share one entity-group transaction. What was read stays valid as long as no other
/// process came between.
/// </summary>
internal sealed class PartitionWriter(TableClient table, string partition)
{
    private const int MostAttempts = 100;

    /// <summary>Rows remembered at most.</summary>
    private const int MostKnown = 4096;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly Queue<PartitionWork> waiting = new();
    private readonly Dictionary<string, TableEntity?> known = new(StringComparer.Ordinal);
    private bool running;
    private PartitionHead? head;
    private ETag tag;

    /// <summary>The last head that this process knows of; null before the first write.</summary>
    public PartitionHead? Known => Volatile.Read(ref head);

    /// <summary>Carries out a plan with whatever else waits. Complete after the commit.</summary>
    /// <param name="plan">Repeatable; decides only by what it reads through the batch.</param>
    public Task<T> WriteAsync<T>(Func<PartitionBatch, ValueTask<T>> plan)
    {
        var work = new PartitionWork<T>(plan);
        lock (gate)
        {
            waiting.Enqueue(work);
            if (running)
            {
                return work.Done;
            }

            running = true;
        }

        _ = Task.Run(DrainAsync);
        return work.Done;
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    running = false;
                    return;
                }
            }

            var batch = new List<PartitionWork>();
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception fault)
            {
                Forget();
                FailAll(batch, fault);
            }
        }
    }

    /// <summary>A fault before anything was planned fails the first that waits, so that nobody waits for ever.</summary>
    private void FailAll(List<PartitionWork> batch, Exception fault)
    {
        lock (gate)
        {
            if (batch.Count == 0 && waiting.TryDequeue(out var first))
            {
                batch.Add(first);
            }
        }

        foreach (var work in batch)
        {
            work.Fail(fault);
        }
    }

    private async Task WriteAsync(List<PartitionWork> works)
    {
        for (var attempt = 1; ; attempt++)
        {
            await OpenAsync();
            var batch = new PartitionBatch(partition, head!, FindAsync);
            await PlanAsync(works, batch);
            if (await TrySubmitAsync(batch))
            {
                works.ForEach(work => work.Complete());
                return;
            }

            Forget();
            if (attempt == MostAttempts)
            {
                throw new TimeoutException($"Other processes write to the partition {partition} without a pause.");
            }

            // Not a time of the business: two processes step out of each other's way.
            await Task.Delay(Random.Shared.NextDouble() * LongestPause);
        }
    }

    /// <summary>Plans again what was planned before, then whatever waits and fits.</summary>
    private async ValueTask PlanAsync(List<PartitionWork> works, PartitionBatch batch)
    {
        foreach (var work in works.ToArray())
        {
            if (!await TryPlanAsync(work, batch, first: works[0] == work))
            {
                works.Remove(work);
            }
        }

        while (Next() is { } work)
        {
            if (await TryPlanAsync(work, batch, first: works.Count == 0))
            {
                works.Add(work);
            }
            else if (!work.HasFailed)
            {
                return;
            }
        }
    }

    /// <summary>False: it failed, or it does not fit and waits again.</summary>
    private async ValueTask<bool> TryPlanAsync(PartitionWork work, PartitionBatch batch, bool first)
    {
        try
        {
            await work.PlanAsync(batch);
            if (!batch.Fits)
            {
                batch.Forget();
                if (first)
                {
                    throw new InvalidOperationException("One write has more rows than a transaction can hold.");
                }

                Requeue(work);
                return false;
            }
        }
        catch (Exception fault)
        {
            batch.Forget();
            work.Fail(fault);
            return false;
        }

        batch.Accept();
        return true;
    }

    private PartitionWork? Next()
    {
        lock (gate)
        {
            return waiting.TryDequeue(out var work) ? work : null;
        }
    }

    private void Requeue(PartitionWork work)
    {
        lock (gate)
        {
            var rest = waiting.ToArray();
            waiting.Clear();
            waiting.Enqueue(work);
            foreach (var later in rest)
            {
                waiting.Enqueue(later);
            }
        }
    }

    /// <summary>False: another process wrote in between, and nothing of this was written.</summary>
    private async Task<bool> TrySubmitAsync(PartitionBatch batch)
    {
        if (batch.IsEmpty)
        {
            return true;
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
            ? new TableTransactionAction(TableTransactionActionType.UpsertReplace, value)
            : new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, row.Key), ETag.All)));
        while (true)
        {
            try
            {
                var response = await table.SubmitTransactionAsync(actions);
                Adopt(batch, response.Value[0].Headers.ETag ?? default);
                return true;
            }
            catch (TableTransactionFailedException fault) when (IsMissing(fault, actions))
            {
                // What was to be removed is not there: so much the better.
                actions.RemoveAt(fault.FailedTransactionActionIndex!.Value);
            }
            catch (RequestFailedException fault) when (fault.IsConflict())
            {
                return await IsWrittenAsync(write);
            }
        }
    }

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
        Volatile.Write(ref head, batch.Head);
        if (known.Count > MostKnown)
        {
            known.Clear();
        }

        foreach (var (key, row) in batch.Rows)
        {
            known[key] = row;
        }
    }

    private async ValueTask OpenAsync()
    {
        if (head is not null)
        {
            return;
        }

        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, PartitionHead.Key);
        tag = found.HasValue ? found.Value!.ETag : default;
        Volatile.Write(ref head, found.HasValue ? PartitionHead.Of(found.Value!) : PartitionHead.Empty);
    }

    private async ValueTask<TableEntity?> FindAsync(string key)
    {
        if (!known.TryGetValue(key, out var row))
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key);
            known[key] = row = found.HasValue ? found.Value : null;
        }

        return row;
    }

    private void Forget()
    {
        known.Clear();
        Volatile.Write(ref head, null);
        tag = default;
    }
}
