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
