using Approvals.Hosting;

namespace Approvals.Standalone.Sqlite;

/// <summary>Brings a file to the schema of this program. The version is SQLite's own <c>user_version</c>.</summary>
internal static class Migration
{
    /// <exception cref="SettingsException">A newer program wrote the file.</exception>
    public static void Run(Connection connection) => Run(connection, Schema.Migrations);

    internal static void Run(Connection connection, IReadOnlyList<string> migrations)
    {
        var version = (int)connection.Number("PRAGMA user_version")!.Value;
        if (version > migrations.Count)
        {
            throw new SettingsException(
                $"The database has schema version {version}; this program knows {migrations.Count}. Run the program that last wrote it, or a newer one.");
        }

        for (; version < migrations.Count; version++)
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                connection.Execute(migrations[version]);
                connection.Execute($"PRAGMA user_version = {version + 1}");
                connection.Execute("COMMIT");
            }
            catch
            {
                connection.Execute("ROLLBACK");
                throw;
            }
        }
    }
}
