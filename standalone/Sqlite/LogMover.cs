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

    private long written;
    private Task? moving;

    /// <summary>For the writer, between two transactions.</summary>
    public void Committed()
    {
        written += writer.TakePagesWritten();
        if (moving is null && written >= longLog)
        {
            moving = Task.Run(MoveMost);
        }
        else if (moving is { IsCompleted: true })
        {
            // A reader of an old snapshot may keep some of it; the log is then longer the next time.
            writer.MoveLog();
            moving = null;
            written = 0;
        }
    }

    private void MoveMost()
    {
        var moved = 0;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var rest = beside.MoveLog() - moved;
            if (rest < ShortRest)
            {
                return;
            }

            moved += rest;
        }
    }

    public void Dispose()
    {
        moving?.Wait();
        beside.Dispose();
    }
}
