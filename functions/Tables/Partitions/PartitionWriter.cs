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

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly Queue<PartitionWork> waiting = new();
    private readonly PartitionState state = new(table, partition);
    private bool running;

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
                state.Forget();
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
        var trusts = true;
        for (var attempt = 1; ; attempt++)
        {
            var batch = new PartitionBatch(partition, await state.OpenAsync(), state.FindAsync, trusts);
            await PlanAsync(works, batch);
            var outcome = await state.SubmitAsync(batch);
            if (outcome == SubmitOutcome.Written)
            {
                works.ForEach(work => work.Complete());
                return;
            }

            trusts &= outcome != SubmitOutcome.Mistaken;
            state.Forget();
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
}
