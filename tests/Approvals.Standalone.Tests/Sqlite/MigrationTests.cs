using Approvals.Hosting;
using Approvals.Standalone.Sqlite;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Sqlite;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private string File => Path.Combine(directory.Path, "test.db");

    [Fact]
    public void Run_bringsAnOlderFileUpStepByStep()
    {
        using (var first = Connection.OpenWriter(File))
        {
            Migration.Run(first, ["CREATE TABLE one(a INTEGER)"]);
            first.Execute("INSERT INTO one VALUES (1)");
        }

        using var second = Connection.OpenWriter(File);
        Migration.Run(second, ["CREATE TABLE one(a INTEGER)", "ALTER TABLE one ADD COLUMN b INTEGER NOT NULL DEFAULT 7", "CREATE TABLE two(c INTEGER)"]);
        Assert.Equal(7, second.Number("SELECT b FROM one"));
        Assert.Equal(0, second.Number("SELECT count(*) FROM two"));
        Assert.Equal(3, second.Number("PRAGMA user_version"));
    }

    [Fact]
    public void Run_failingStep_leavesTheFileAsItWas()
    {
        using var connection = Connection.OpenWriter(File);
        Migration.Run(connection, ["CREATE TABLE one(a INTEGER)"]);

        Assert.Throws<SqliteFault>(() => Migration.Run(connection, ["", "CREATE TABLE two(a INTEGER); CREATE TABLE one(a INTEGER)"]));
        Assert.Equal(1, connection.Number("PRAGMA user_version"));
        Assert.Equal(0, connection.Number("SELECT count(*) FROM sqlite_master WHERE name = 'two'"));
    }

    [Fact]
    public void Run_takesThoseWhoWereOnlyAskedOutOfInboxes()
    {
        using var connection = Connection.OpenWriter(File);
        Migration.Run(connection, Schema.Migrations[..2]);
        connection.Execute("""
            INSERT INTO request(number, tenant, id, status, snapshot, head_sequence, head_hash, waiting, involved, title, state)
            VALUES (1, 1, 'r1', 2, 1, 1, x'00', '["50","ana","dan","bo"]', '[]', 'T',
              '{"currentLevel":2,"levels":[{},{"groups":[{"approvers":[{"person":"ana","routedTo":"dan"}]},{"approvers":[{"person":"bo"}]}]}]}'),
              (2, 1, 'r2', 5, 1, 1, x'00', NULL, '[]', 'T', '{}');
            INSERT INTO waiting(tenant, person, due, request, requester, action_type, request_type)
            VALUES (1, 'ana', 50, 1, 'rita', 'a', 'action'), (1, 'dan', 50, 1, 'rita', 'a', 'action'), (1, 'bo', 50, 1, 'rita', 'a', 'action');
            """);

        Migration.Run(connection);
        Assert.Equal(1, connection.Number("""SELECT count(*) FROM request WHERE waiting = '["50","ana","bo"]' AND number = 1"""));
        Assert.Equal(2, connection.Number("SELECT count(*) FROM waiting WHERE person IN ('ana', 'bo')"));
        Assert.Equal(2, connection.Number("SELECT count(*) FROM waiting"));
    }

    [Fact]
    public void Run_countsTheOpenRequestsOfAgents()
    {
        using var connection = Connection.OpenWriter(File);
        Migration.Run(connection, Schema.Migrations[..11]);
        connection.Execute("""
            INSERT INTO request(number, tenant, id, status, snapshot, head_sequence, head_hash, involved, title, state)
            SELECT value, 1, 'r' || value, iif(value = 3, 5, 2), 1, 1, x'00', '[]', 'T',
              json_object('requester', json_object('id', 'bot', 'type', iif(value = 4, 'human', 'agent')), 'actionType', 'bill.post')
            FROM json_each('[1,2,3,4]');
            """);

        Migration.Run(connection);
        Assert.Equal(1, connection.Number("SELECT count(*) FROM agent_open"));
        Assert.Equal(2, connection.Number("SELECT count FROM agent_open WHERE tenant = 1 AND agent = 'bot' AND action_type = 'bill.post'"));
    }

    [Fact]
    public void Run_newerFile_isRefused()
    {
        using var connection = Connection.OpenWriter(File);
        connection.Execute("PRAGMA user_version = 99");
        Assert.Contains("newer", Assert.Throws<SettingsException>(() => Migration.Run(connection)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_secondTime_isRefusedWhileTheFirstHasIt()
    {
        var first = SqliteStorage.Open(directory.Path, TimeProvider.System, NullLoggerFactory.Instance);
        var refusal = Assert.Throws<SettingsException>(() => SqliteStorage.Open(directory.Path, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await using var second = SqliteStorage.Open(directory.Path, TimeProvider.System, NullLoggerFactory.Instance);
    }

    [Fact]
    public void Open_newFile_isTheOwnersAlone()
    {
        Connection.OpenWriter(File).Dispose();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }
}
