using Approvals.Audit;
using Approvals.Requests;
using Approvals.Standalone.Checkpoints;
using Approvals.Standalone.Data;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite.Audit;
using Approvals.Standalone.Sqlite.Feed;
using Approvals.Standalone.Sqlite.Idempotency;
using Approvals.Standalone.Sqlite.Outbox;
using Approvals.Standalone.Sqlite.Requests;
using Approvals.Standalone.Sqlite.Tenants;
using Approvals.Standalone.Sqlite.Tokens;

namespace Approvals.Standalone.Sqlite;

/// <summary>An open data directory: the writer, the readers, and every port over them. One process at a time has it.</summary>
internal sealed class SqliteStorage : IAsyncDisposable
{
    /// <summary>
    /// Requests in one of the cache's two generations; each takes about 10 kB. What follows a transition (consumers, callers that wait) comes within
    /// a moment; what waits for people outlives any cache, and would only keep the garbage collector busy.
    /// </summary>
    private const int CachedRequests = 2048;

    private readonly IDisposable held;
    private readonly Connection connection;
    private readonly LogMover log;
    private readonly ReaderPool readers;
    private readonly EcdsaCheckpointSigner signer;
    private bool disposed;

    private SqliteStorage(DataDirectory directory, IDisposable held, Connection connection, OpenLimit limit, TimeProvider time, ILoggerFactory loggers)
    {
        this.held = held;
        this.connection = connection;
        var cache = new RequestCache(CachedRequests);
        var ledger = new Ledger(connection, Catalog, cache, Announcements);
        ledger.Open();
        Announcements.Outbox.Reach(ledger.Outbox.Committed);

        readers = new ReaderPool(directory.Database, Math.Max(4, Environment.ProcessorCount));
        log = new LogMover(connection, Connection.OpenMover(directory.Database));
        Writer = new Writer(ledger, log, time, loggers.CreateLogger<Writer>());
        Readiness = new WriterReadiness(Writer, () => new DriveInfo(directory.Path).AvailableFreeSpace, time);
        Keys = new FileSecretKeys(directory.Keys, time);
        signer = new EcdsaCheckpointSigner(Keys);
        Checkpoints = new CheckpointFile(directory.Checkpoints);
        Preparation = new Preparation(time, Catalog, cache);
        Engine = new SqliteEngine(Writer, time, Preparation, limit);
        Requests = new SqliteRequestStore(readers, Catalog, cache, ledger.Requests.Index, Announcements.Versions, time);
        Audit = new SqliteAuditStore(readers, Catalog, ledger.Audit.Index, Checkpoints, signer);
        Outbox = new SqliteOutboxStore(readers, Writer, Announcements.Outbox, ledger.Outbox.Recent);
        Notifications = new SqliteNotificationStore(readers, Writer);
        Personal = new SqlitePersonalStore(readers, Writer);
        Responses = new SqliteIdempotencyStore(readers, Writer);
        Tokens = new SqliteTokenStore(readers, Writer, Catalog, new TokenSpool(directory.Tokens));
        Policies = new SqlitePolicyStore(readers, Writer, Catalog);
        Delegations = new SqliteDelegationStore(readers, Writer, Catalog, Announcements);
        Directory = new SqliteDirectoryStore(Writer, time);
        Vault = new FileVault(directory.Vault, Keys);
    }

    public TenantCatalog Catalog { get; } = new();

    public Announcements Announcements { get; } = new();

    public Writer Writer { get; }

    public WriterReadiness Readiness { get; }

    public ReaderPool Readers => readers;

    public Preparation Preparation { get; }

    public SqliteEngine Engine { get; }

    public SqliteRequestStore Requests { get; }

    public SqliteAuditStore Audit { get; }

    public CheckpointFile Checkpoints { get; }

    public EcdsaCheckpointSigner Signer => signer;

    public SqliteOutboxStore Outbox { get; }

    public SqliteNotificationStore Notifications { get; }

    public SqlitePersonalStore Personal { get; }

    public SqliteIdempotencyStore Responses { get; }

    public SqliteTokenStore Tokens { get; }

    public SqlitePolicyStore Policies { get; }

    public SqliteDelegationStore Delegations { get; }

    public SqliteDirectoryStore Directory { get; }

    public FileSecretKeys Keys { get; }

    public FileVault Vault { get; }

    /// <summary>Takes the directory, brings the database to this program's schema, and reads what is held in memory.</summary>
    /// <param name="limit">Null: the default.</param>
    /// <exception cref="Approvals.Hosting.SettingsException">Another process has the directory, or a newer program wrote the database.</exception>
    public static SqliteStorage Open(string dataDirectory, TimeProvider time, ILoggerFactory loggers, OpenLimit? limit = null)
    {
        var directory = new DataDirectory(dataDirectory);
        var held = directory.Lock();
        Connection? connection = null;
        try
        {
            connection = Connection.OpenWriter(directory.Database);
            Migration.Run(connection);
            return new SqliteStorage(directory, held, connection, limit ?? OpenLimit.Default, time, loggers);
        }
        catch
        {
            connection?.Dispose();
            held.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await Writer.DisposeAsync();
        readers.Dispose();
        log.Dispose();
        connection.EmptyLog();
        connection.Dispose();
        Checkpoints.Dispose();
        signer.Dispose();
        held.Dispose();
    }
}
