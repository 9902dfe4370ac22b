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

    /// <summary>What was taken into the running transaction, and is not answered yet.</summary>
    private readonly List<Work> batch = new(MostInBatch);

    /// <summary>What was taken and rolled back for another's sake; it runs again before anything else is taken.</summary>
    private readonly Queue<Work> again = new();

    /// <summary>In-memory state may differ from the database: it is loaded again before any other work.</summary>
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
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Run(Next);
            while (again.Count > 0)
            {
                Run((_, _) => again.TryDequeue(out var work) ? work : null);
            }
        }

        ended.SetResult();
    }

    private Work? Next(int count, TimeSpan elapsed) =>
        count < MostInBatch && elapsed < LongestBatch && queue.Reader.TryRead(out var work) ? work : null;

    /// <summary>
    /// Runs work in one transaction. Whatever it takes is answered, or stands in <see cref="again"/>, whatever fails on the way: the callers wait for nothing else.
    /// </summary>
    /// <param name="next">Gives the next piece of work, or null where the transaction is to end.</param>
    private void Run(Func<int, TimeSpan, Work?> next)
    {
        if (!TryBegin(next))
        {
            return;
        }

        try
        {
            var start = Stopwatch.GetTimestamp();
            while (next(batch.Count, Stopwatch.GetElapsedTime(start)) is { } work)
            {
                batch.Add(work);
                if (!TryRun(work))
                {
                    // The failed item already wrote to the transaction: roll back, and run the others again without it.
                    ledger.Rollback();
                    batch.ForEach(again.Enqueue);
                    batch.Clear();
                    return;
                }
            }

            ledger.Commit();
        }
        catch (Exception fault)
        {
            Abandon(fault);
            return;
        }

        Volatile.Write(ref lastCommit, time.GetTimestamp());
        Publish();
        Answers.Complete(batch);
        batch.Clear();
        MoveLog();
    }

    /// <summary>False: the database can't be written. Those who wait are told, a batch at a time, and the next work tries again.</summary>
    private bool TryBegin(Func<int, TimeSpan, Work?> next)
    {
        try
        {
            if (inDoubt)
            {
                ledger.Open();
                inDoubt = false;
            }

            ledger.Begin();
            return true;
        }
        catch (Exception fault)
        {
            while (next(batch.Count, TimeSpan.Zero) is { } work)
            {
                batch.Add(work);
            }

            Abandon(fault);
            return false;
        }
    }

    /// <summary>Runs one piece; a fault that is its own is answered at once.</summary>
    /// <returns>False: it failed, and left something in the transaction.</returns>
    private bool TryRun(Work work)
    {
        var written = ledger.Connection.TotalChanges;
        try
        {
            work.Run(ledger);
        }
        catch (Exception fault) when (fault is not SqliteFault { IsConstraint: false } && ledger.Connection.InTransaction)
        {
            batch.RemoveAt(batch.Count - 1);
            Answers.Fail(work, fault);
            ledger.Connection.ResetAll();
            return ledger.Connection.TotalChanges == written;
        }

        return true;
    }

    /// <summary>The transaction is durable, so its work has succeeded, even if memory can't be brought up to date.</summary>
    private void Publish()
    {
        try
        {
            ledger.Publish();
        }
        catch (Exception fault)
        {
            inDoubt = true;
            logger.LogError(fault, "What was committed could not be published; it is read again from the file.");
        }
    }

    private void MoveLog()
    {
        try
        {
            log.Committed();
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "The write-ahead log could not be moved into the database; it is tried again.");
        }
    }

    /// <summary>The disk is full or failing: nothing of the transaction holds, and memory starts afresh from the file.</summary>
    private void Abandon(Exception fault)
    {
        Volatile.Write(ref lastCommit, Never);
        inDoubt = true;
        foreach (var work in batch)
        {
            Answers.Fail(work, fault);
        }

        logger.LogError(fault, "A transaction of {Count} was rolled back.", batch.Count);
        batch.Clear();
        try
        {
            ledger.Rollback();
        }
        catch (Exception again)
        {
            logger.LogError(again, "A transaction could not be rolled back; it is tried again before the next one.");
        }
    }

    /// <summary>Carries out what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
    }
}
