using Approvals.Ports;
using Approvals.Standalone.Sqlite;

namespace Approvals.Standalone.Engine;

/// <summary>
/// Says whether the writer lives and can commit. What it committed a moment ago is proof enough; an idle or a failing one is given a row to
/// commit. However many ask, at most one such beat is under way.
/// </summary>
/// <param name="freeBytes">Left on the disk of the data directory.</param>
internal sealed class WriterReadiness(Writer writer, Func<long> freeBytes, TimeProvider time) : IReadiness
{
    /// <summary>A full log is moved into the database, which then needs as much again.</summary>
    public const long LeastFreeBytes = 64L * 1024 * 1024;

    /// <summary>A commit that is no older is taken as proof.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task<bool> beat = Task.FromResult(true);

    public async ValueTask<string?> ProblemAsync(CancellationToken cancellation)
    {
        if (freeBytes() < LeastFreeBytes)
        {
            return "The disk of the data directory is nearly full: less than 64 MiB are left.";
        }

        if (writer.LastCommit is { } at && time.GetElapsedTime(at) < Fresh)
        {
            return null;
        }

        try
        {
            await Beat().WaitAsync(LongestWait, time, cancellation);
            return null;
        }
        catch (TimeoutException)
        {
            return "The writer does not answer.";
        }
        catch (SqliteFault fault)
        {
            return fault.IsFull ? "The disk is full." : $"The database can't be written (SQLite {fault.Code}).";
        }
    }

    private Task<bool> Beat()
    {
        lock (gate)
        {
            return beat = beat.IsCompleted ? writer.RunAsync(Write, CancellationToken.None).AsTask() : beat;
        }
    }

    private bool Write(Ledger ledger)
    {
        ledger.Connection.Prepare("INSERT OR REPLACE INTO beat(id, at) VALUES (1, ?1)").Bind(1, time.GetUtcNow().UtcTicks).Run();
        return true;
    }
}
