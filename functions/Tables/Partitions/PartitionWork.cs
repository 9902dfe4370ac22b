namespace Approvals.Functions.Tables.Partitions;

/// <summary>Something to be written to a partition.</summary>
internal abstract class PartitionWork
{
    public bool HasFailed { get; private protected set; }

    public abstract ValueTask PlanAsync(PartitionBatch batch);

    /// <summary>After the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class PartitionWork<T>(Func<PartitionBatch, ValueTask<T>> plan) : PartitionWork
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override async ValueTask PlanAsync(PartitionBatch batch) => result = await plan(batch);

    public override void Complete() => done.TrySetResult(result!);

    public override void Fail(Exception fault)
    {
        HasFailed = true;
        done.TrySetException(fault);
    }
}
