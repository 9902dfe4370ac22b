using Approvals.Standalone.Sqlite;
using SQLitePCL;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>
/// Has SQLite refuse statements of a connection, as a failing disk would. SQLite asks its authorizer when a statement is prepared; setting one has every
/// statement prepared again at its next use.
/// </summary>
/// <param name="refuses">Takes <c>BEGIN</c>, <c>COMMIT</c>, <c>ROLLBACK</c>, or the word of the statement and the table it touches, as <c>INSERT audit</c>.</param>
internal sealed class RefusedStatements(Func<string, bool> refuses)
{
    private volatile bool ended;

    /// <summary>Call on the connection's own thread.</summary>
    public void Begin(Connection connection) => raw.sqlite3_set_authorizer(
        connection.Handle,
        (_, action, first, _, _, _) => !ended && NameOf(action, first) is { Length: > 0 } name && refuses(name) ? raw.SQLITE_DENY : raw.SQLITE_OK,
        null);

    /// <summary>The database works again.</summary>
    public void End() => ended = true;

    private static string NameOf(int action, utf8z first) => action switch
    {
        raw.SQLITE_TRANSACTION => first.utf8_to_string(),
        raw.SQLITE_INSERT => $"INSERT {first.utf8_to_string()}",
        raw.SQLITE_UPDATE => $"UPDATE {first.utf8_to_string()}",
        raw.SQLITE_DELETE => $"DELETE {first.utf8_to_string()}",
        raw.SQLITE_SELECT => "SELECT",
        _ => "",
    };
}
