using Approvals.Standalone.Data;
using SQLitePCL;

namespace Approvals.Standalone.Sqlite;

/// <summary>One connection with its prepared statements. Not thread-safe: it belongs to one thread, or to one borrower at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 handle;

    /// <summary>Statements kept at most: more than the program has constant texts. Beyond it, the half that was not used for longest is closed.</summary>
    public const int MaxStatements = 256;

    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    /// <summary>The same by reference: most texts are constants, and hashing one each time costs as much as a small insert.</summary>
    private readonly Dictionary<string, Statement> known = new(ReferenceEqualityComparer.Instance);

    private long uses;

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => this.handle = handle;

    public sqlite3 Handle => handle;

    /// <summary>Page cache of the one connection that writes: the inner pages of every index, at ten million entries too.</summary>
    private const int WriterCacheKiB = 32 * 1024;

    private const int ReaderCacheKiB = 4 * 1024;

    /// <summary>Bytes that the log keeps of its file when it starts afresh; what a long reader made it grow beyond goes back to the disk.</summary>
    private const int LongestIdleLog = 64 * 1024 * 1024;

    private const int BusyMilliseconds = 5000;

    /// <summary>A page of an inbox is read in less; a backup takes longer, and is not waited for.</summary>
    private const int ReaderPatienceMilliseconds = 50;

    /// <summary>Opens for writing; makes the file where there is none.</summary>
    public static Connection OpenWriter(string path)
    {
        // SQLite would make it readable for everybody; its log takes after the file.
        PrivateFile.Touch(path);
        var connection = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        try
        {
            // The page size only holds for a new file, and must come before the journal mode makes it one.
            connection.Execute($"PRAGMA page_size = {Schema.PageSize}");
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA wal_autocheckpoint = 0");
            connection.Execute($"PRAGMA journal_size_limit = {LongestIdleLog}");
            connection.Execute($"PRAGMA cache_size = -{WriterCacheKiB}");
            connection.Execute("PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading only; the file must be there.</summary>
    public static Connection OpenReader(string path)
    {
        var connection = Open(path, raw.SQLITE_OPEN_READONLY);
        connection.Execute($"PRAGMA cache_size = -{ReaderCacheKiB}");
        connection.Execute("PRAGMA temp_store = MEMORY");
        return connection;
    }

    /// <summary>Opens to move the log (<see cref="LogMover"/>) of a file that is there.</summary>
    public static Connection OpenMover(string path)
    {
        var connection = Open(path, raw.SQLITE_OPEN_READWRITE);
        connection.Execute("PRAGMA synchronous = FULL");
        connection.Execute("PRAGMA wal_autocheckpoint = 0");
        return connection;
    }

    private static Connection Open(string path, int flags)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var connection = new Connection(handle);
        if (code != raw.SQLITE_OK)
        {
            var fault = connection.Fault(code);
            connection.Dispose();
            throw fault;
        }

        // Only a checkpoint that is just ending can be in the way, and for an instant.
        _ = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        _ = raw.sqlite3_extended_result_codes(handle, 1);
        return connection;
    }

    /// <summary>Statements that are kept.</summary>
    public int Statements => statements.Count;

    /// <summary>Statements prepared since the connection was opened.</summary>
    public long Prepared { get; private set; }

    /// <summary>The statement for this text, prepared on first use.</summary>
    public Statement Prepare(string sql)
    {
        if (!known.TryGetValue(sql, out var statement))
        {
            statement = Keep(sql);
        }

        statement.LastUse = ++uses;
        return statement;
    }

    private Statement Keep(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            if (statements.Count >= MaxStatements)
            {
                Evict();
            }

            Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
            Prepared++;
            statement = new Statement(this, prepared);
            statements.Add(sql, statement);
        }

        // A text composed at each call is another reference each time.
        if (known.Count >= MaxStatements)
        {
            known.Clear();
        }

        known.Add(sql, statement);
        return statement;
    }

    private void Evict()
    {
        foreach (var (sql, statement) in statements.Where(kept => !kept.Value.Active).OrderBy(kept => kept.Value.LastUse).Take(MaxStatements / 2).ToList())
        {
            statements.Remove(sql);
            statement.Dispose();
        }

        known.Clear();
    }

    /// <summary>Runs statements once, without keeping them.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>The first column of the first row as a number; null where there is none.</summary>
    public long? Number(string sql)
    {
        var statement = Prepare(sql);
        var number = statement.Step() ? statement.IntOrNull(0) : null;
        statement.Reset();
        return number;
    }

    /// <summary>Rows that the last statement wrote or removed.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>Rows written or removed since the connection was opened.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(handle);

    /// <summary>Pages written to the log over this connection since the last time this was asked.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Moves what it can of the log into the database, waiting for nobody. What it can't is left to the next time.</summary>
    /// <returns>Pages of the log since it last started afresh, and how many of them have been moved.</returns>
    public (int Length, int Moved) MoveLog()
    {
        _ = raw.sqlite3_wal_checkpoint_v2(handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var length, out var moved);
        return (length, moved);
    }

    /// <summary>
    /// As <see cref="MoveLog"/>, but waits a moment for those who read the log to be done, so that it starts afresh: of many readers, one always
    /// has it open, and those who come once all is moved read the database alone.
    /// </summary>
    public void RestartLog()
    {
        _ = raw.sqlite3_busy_timeout(handle, ReaderPatienceMilliseconds);
        _ = raw.sqlite3_wal_checkpoint_v2(handle, null, raw.SQLITE_CHECKPOINT_RESTART, out _, out _);
        _ = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
    }

    /// <summary>Moves the log into the database and empties it: a clean stop leaves one file.</summary>
    public void EmptyLog() => _ = raw.sqlite3_wal_checkpoint_v2(handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);

    /// <summary>Copies everything, as it stands now, to a new file. Writers go on meanwhile; their log grows until it is done.</summary>
    public void BackUp(string path)
    {
        PrivateFile.Touch(path);
        using (var copy = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE))
        {
            // Nobody relies on the copy before it is whole and flushed.
            copy.Execute("PRAGMA synchronous = OFF");
            using var backup = raw.sqlite3_backup_init(copy.handle, "main", handle, "main");
            var code = raw.sqlite3_backup_step(backup, -1);
            if (code != raw.SQLITE_DONE)
            {
                throw copy.Fault(code);
            }

            Check(raw.sqlite3_backup_finish(backup));
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Ends whatever a borrower left open, so that no old snapshot is held.</summary>
    public void ResetAll()
    {
        foreach (var statement in statements.Values)
        {
            statement.Reset();
        }
    }

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    public SqliteFault Fault(int code)
    {
        var extended = raw.sqlite3_extended_errcode(handle);
        return new SqliteFault((extended & 0xff) == (code & 0xff) ? extended : code, $"SQLite ({code}): {raw.sqlite3_errmsg(handle).utf8_to_string()}");
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        handle.Dispose();
    }
}
