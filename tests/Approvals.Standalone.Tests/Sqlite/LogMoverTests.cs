using Approvals.Standalone.Sqlite;
using Approvals.Testing;

namespace Approvals.Standalone.Tests.Sqlite;

/// <summary>The log starts afresh again and again under a writer that never rests, and loses nothing on the way.</summary>
public sealed class LogMoverTests
{
    private const int LongLog = 1000;
    private const int PagesInCommit = 20;
    private const int Commits = 2000;

    [Fact]
    public void Committed_writerNeverRests_logStaysBoundedAndNothingIsLost()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "some.db");
        using var writer = Connection.OpenWriter(path);
        writer.Execute("CREATE TABLE filled(number INTEGER PRIMARY KEY, body BLOB)");
        var longest = 0L;
        using (var mover = new LogMover(writer, Connection.OpenMover(path), LongLog))
        {
            for (var i = 0; i < Commits; i++)
            {
                Commit(writer, i);
                mover.Committed();
                longest = Math.Max(longest, new FileInfo(path + "-wal").Length);
            }
        }

        // Without moving, the log would hold every page ever written.
        Assert.InRange(longest, LongLog * Schema.PageSize, Commits * PagesInCommit / 4L * Schema.PageSize);
        using var reader = Connection.OpenReader(path);
        Assert.Equal(Commits, reader.Number("SELECT count(*) FROM filled WHERE length(body) = 160000"));
        Assert.Equal(0, reader.Number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"));
    }

    [Fact]
    public void Committed_readerKeepsAnOldSnapshot_movesOnOnceItIsGone()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "some.db");
        using var writer = Connection.OpenWriter(path);
        writer.Execute("CREATE TABLE filled(number INTEGER PRIMARY KEY, body BLOB)");
        using var mover = new LogMover(writer, Connection.OpenMover(path), LongLog);
        using (var reader = Connection.OpenReader(path))
        {
            reader.Execute("BEGIN");
            Assert.Equal(0, reader.Number("SELECT count(*) FROM filled"));
            Fill(writer, mover, 0, 300);
            Assert.Equal(0, reader.Number("SELECT count(*) FROM filled"));
        }

        var held = new FileInfo(path + "-wal").Length;
        Fill(writer, mover, 300, 900);

        // Reused from its start: 600 commits more, and no longer.
        Assert.InRange(new FileInfo(path + "-wal").Length, 1, held + (400L * PagesInCommit * Schema.PageSize));
        Assert.Equal(900, writer.Number("SELECT count(*) FROM filled"));
    }

    [Fact]
    public void Committed_logLeftByAKilledProcess_isNotAddedTo()
    {
        using var directory = new TemporaryDirectory();
        var (path, left) = (Path.Combine(directory.Path, "some.db"), Path.Combine(directory.Path, "left.db"));
        using (var killed = Connection.OpenWriter(path))
        {
            killed.Execute("CREATE TABLE filled(number INTEGER PRIMARY KEY, body BLOB)");
            for (var i = 0; i < LongLog / 2 / PagesInCommit; i++)
            {
                Commit(killed, i);
            }

            // A copy is what it leaves: a log that nobody moved.
            File.Copy(path, left);
            File.Copy(path + "-wal", left + "-wal");
        }

        using var writer = Connection.OpenWriter(left);
        using var mover = new LogMover(writer, Connection.OpenMover(left), LongLog);
        var starts = false;
        for (var i = 0; i < LongLog / 4 && !starts; i++)
        {
            var length = new FileInfo(left + "-wal").Length;
            writer.Prepare("INSERT INTO filled(number, body) VALUES (?1, x'00')").Bind(1, 1000 + i).Run();
            mover.Committed();
            starts = new FileInfo(left + "-wal").Length == length;
        }

        Assert.True(starts, "The log only grew.");
    }

    [Fact]
    public async Task Committed_someoneAlwaysReads_logStartsAfreshNevertheless()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "some.db");
        using var writer = Connection.OpenWriter(path);
        writer.Execute("CREATE TABLE filled(number INTEGER PRIMARY KEY, body BLOB)");
        using var stop = new CancellationTokenSource();
        var readers = Task.Factory.StartNew(() => Read(path, stop.Token), TaskCreationOptions.LongRunning);
        const int commits = 600;
        using (var mover = new LogMover(writer, Connection.OpenMover(path), LongLog / 4))
        {
            Fill(writer, mover, 0, commits);
        }

        await stop.CancelAsync();
        await readers;
        Assert.InRange(new FileInfo(path + "-wal").Length, 1, commits * PagesInCommit / 2L * Schema.PageSize);
    }

    /// <summary>Looks of a few milliseconds by two, of whom one always begins before the other ends.</summary>
    private static void Read(string path, CancellationToken stop)
    {
        using var one = Connection.OpenReader(path);
        using var other = Connection.OpenReader(path);
        Begin(one);
        while (!stop.IsCancellationRequested)
        {
            Begin(other);
            one.Execute("COMMIT");
            Begin(one);
            other.Execute("COMMIT");
        }

        static void Begin(Connection reader)
        {
            reader.Execute("BEGIN");
            reader.Number("SELECT max(number) FROM filled");
            reader.Number("WITH RECURSIVE upTo(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM upTo WHERE n < 10000) SELECT max(n) FROM upTo");
        }
    }

    private static void Fill(Connection writer, LogMover mover, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Commit(writer, i);
            mover.Committed();
        }
    }

    private static void Commit(Connection writer, int number) =>
        writer.Prepare("INSERT INTO filled(number, body) VALUES (?1, zeroblob(160000))").Bind(1, number).Run();
}
