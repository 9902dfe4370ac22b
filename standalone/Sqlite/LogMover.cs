namespace Approvals.Standalone.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database while the writer goes on. A log starts afresh only where all of it has been moved at a moment
/// when nobody writes; so most of it is moved beside the writer, over a connection of its own, and the writer moves the short rest between two
/// transactions. (SQLite's word is checkpoint, which here is a signed end of the trail.)
/// </summary>
/// <param name="writer">The connection that writes, and that nothing else moves the log for.</param>
/// <param name="beside">Another one to the same file, for this alone.</param>
/// <param name="longLog">Pages at which the log is moved: a longer one is moved more cheaply, a shorter one is recovered sooner.</param>
internal sealed class LogMover(Connection writer, Connection beside, int longLog = LogMover.LongLog) : IDisposable
{
    private const int LongLog = 4000;

    /// <summary>Pages of a rest that holds the writer up for no longer than a few commits do.</summary>
    private const int ShortRest = 800;

    /// <summary>A writer so fast that the rest stays long gets it moved nevertheless.</summary>
    private const int MostPasses = 4;

    /// <summary>Times the long log: one that grew to it did not start afresh although all was moved, because somebody always read.</summary>
    private const int Kept = 2;

    /// <summary>Times the long log, written while most of one is moved: a writer that is so far ahead waits.</summary>
    private const int FarAhead = 8;

    /// <summary>What a process that was killed left counts as a long log: it is moved first, not added to.</summary>
    private long written = longLog;

    private Task<int>? moving;

    /// <summary>For the writer, between two transactions.</summary>
    public void Committed()
    {
        written += writer.TakePagesWritten();
        if (moving is null && written >= longLog)
        {
            moving = Task.Run(MoveMost);
        }
        else if (moving is { } most && (most.IsCompleted || written >= FarAhead * longLog))
        {
            moving = null;
            written = 0;
            // A reader of an old snapshot may keep some of it; the log is then longer the next time.
            if (most.GetAwaiter().GetResult() > Kept * longLog)
            {
                writer.RestartLog();
            }
            else
            {
                writer.MoveLog();
            }
        }
    }

    /// <returns>Pages of the log.</returns>
    private int MoveMost()
    {
        var (length, before) = (0, 0);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            (length, var moved) = beside.MoveLog();
            if (moved - before < ShortRest)
            {
                break;
            }

            before = moved;
        }

        return length;
    }

    public void Dispose()
    {
        moving?.Wait();
        beside.Dispose();
    }
}
