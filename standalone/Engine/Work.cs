namespace Approvals.Standalone.Engine;

/// <summary>
/// Something to be written. It decides first and writes then; after a rollback that it did not cause it runs again, so it keeps nothing from
/// the first time.
/// </summary>
internal abstract class Work
{
    public abstract void Run(Ledger ledger);

    /// <summary>After the commit, on a thread of the pool: whoever waits goes on there.</summary>
    public abstract void Complete();

    /// <inheritdoc cref="Complete"/>
    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class Work<T>(Func<Ledger, T> run) : Work
{
    private readonly TaskCompletionSource<T> done = new();
    private T? result;

    public Task<T> Done => done.Task;

    public override void Run(Ledger ledger) => result = run(ledger);

    public override void Complete() => done.TrySetResult(result!);

    public override void Fail(Exception fault) => done.TrySetException(fault);
}
