using System.Diagnostics;
using System.Threading.Channels;
using Approvals.Standalone.Sqlite;

namespace Approvals.Standalone.Engine;

/// <summary>
/// The one thread that writes. It runs as much work as is queued in one transaction and answers everyone after its commit, so that a busy
/// service pays for one flush to disk where many callers wait, and an idle one answers at once.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    /// <summary>Work in one transaction: bounds what a fault of one makes the others repeat.</summary>
    private const int MostInBatch = 256;

    /// <summary>Callers beyond this wait for room; memory stays bounded.</summary>
    private const int MostQueued = 8192;

    /// <summary>
    /// About what the commit takes. With longer ones, fewer pages are written; but then all callers are answered at once, and the writer waits
    /// while they ask anew.
    /// </summary>
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(1);

    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(MostQueued) { SingleReader = true });
    private readonly Ledger ledger;
    private readonly LogMover log;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly Thread thread;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Memory may not agree with the file: it is read again before anything else.</summary>
    private bool inDoubt;

    private const long Never = long.MinValue;

    private long lastCommit = Never;

    public Writer(Ledger ledger, LogMover log, TimeProvider time, ILogger logger)
    {
        this.ledger = ledger;
        this.log = log;
        this.time = time;
        this.logger = logger;
        thread = new Thread(Loop) { IsBackground = true, Name = "writer" };
        thread.Start();
    }

    /// <summary>Timestamp of the last transaction that became durable; null where none did yet, or the last one failed.</summary>
    public long? LastCommit => Volatile.Read(ref lastCommit) is var at && at != Never ? at : null;

    /// <summary>Runs work in the next transaction. Once queued it is carried out, whether or not the caller goes on waiting.</summary>
    public async ValueTask<T> RunAsync<T>(Func<Ledger, T> run, CancellationToken cancellation)
    {
        var work = new Work<T>(run);
        if (!queue.Writer.TryWrite(work))
        {
            try
            {
                await queue.Writer.WriteAsync(work, cancellation);
            }
            catch (ChannelClosedException)
            {
                throw new InvalidOperationException("The service is stopping.");
            }
        }

        return await work.Done.WaitAsync(cancellation);
    }

    private void Loop()
    {
        var batch = new List<Work>(MostInBatch);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try
            {
                batch.Clear();
                Run(batch, Next);
            }
            catch (Exception fault)
            {
                Volatile.Write(ref lastCommit, Never);
                logger.LogError(fault, "The writer could not begin, or could not recover from a fault.");
                FailNext(fault);
            }
        }

        ended.SetResult();
    }

    /// <summary>What keeps failing must not keep anyone waiting.</summary>
    private void FailNext(Exception fault)
    {
        for (var count = 0; Next(count, TimeSpan.Zero) is { } work; count++)
        {
            Answers.Fail(work, fault);
        }
    }

    private Work? Next(int count, TimeSpan elapsed) =>
        count < MostInBatch && elapsed < LongestBatch && queue.Reader.TryRead(out var work) ? work : null;

    /// <summary>Runs work in one transaction, then answers all of it.</summary>
    /// <param name="batch">Takes what was run.</param>
    /// <param name="next">Gives the next piece of work, or null where the transaction is to end.</param>
    private void Run(List<Work> batch, Func<int, TimeSpan, Work?> next)
    {
        if (inDoubt)
        {
            ledger.Open();
            inDoubt = false;
        }

        ledger.Begin();
        var start = Stopwatch.GetTimestamp();
        while (next(batch.Count, Stopwatch.GetElapsedTime(start)) is { } work)
        {
            var written = ledger.Connection.TotalChanges;
            try
            {
                work.Run(ledger);
                batch.Add(work);
            }
            catch (Exception fault) when (fault is not SqliteFault { IsConstraint: false })
            {
                Answers.Fail(work, fault);
                if (ledger.Connection.TotalChanges != written)
                {
                    // Half of it stands in the transaction: undo all, and run the others again without it.
                    ledger.Rollback();
                    Again(batch);
                    return;
                }
            }
            catch (Exception fault)
            {
                batch.Add(work);
                Abandon(batch, fault);
                return;
            }
        }

        try
        {
            ledger.Commit();
        }
        catch (Exception fault)
        {
            Abandon(batch, fault);
            return;
        }

        Volatile.Write(ref lastCommit, time.GetTimestamp());
        Answers.Complete(batch);
        batch.Clear();
        log.Committed();
    }

    private void Again(List<Work> batch)
    {
        var rest = new Queue<Work>(batch);
        batch.Clear();
        while (rest.Count > 0)
        {
            Run(batch, (_, _) => rest.TryDequeue(out var work) ? work : null);
        }
    }

    /// <summary>The disk is full or failing: nothing of the transaction holds, and memory starts afresh from the file.</summary>
    private void Abandon(List<Work> batch, Exception fault)
    {
        Volatile.Write(ref lastCommit, Never);
        logger.LogError(fault, "A transaction of {Count} was rolled back.", batch.Count);
        foreach (var work in batch)
        {
            Answers.Fail(work, fault);
        }

        batch.Clear();
        inDoubt = true;
        ledger.Rollback();
    }

    /// <summary>Carries out what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
    }
}
