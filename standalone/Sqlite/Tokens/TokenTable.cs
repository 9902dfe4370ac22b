using System.Collections.Immutable;
using Approvals.Ports;
using Approvals.Tokens;

namespace Approvals.Standalone.Sqlite.Tokens;

/// <summary>Rows of tokens.</summary>
internal static class TokenTable
{
    private const string Columns = "k.id, t.id, k.person, k.hash, k.created_at, k.expires_at, k.revoked_at, k.scopes, k.made_by FROM token k JOIN tenant t ON t.number = k.tenant";

    public static ApiToken? Find(Connection connection, string hash)
    {
        var row = connection.Prepare($"SELECT {Columns} WHERE k.hash = ?1").Bind(1, hash);
        if (!row.Step())
        {
            return null;
        }

        var token = Read(row);
        row.Reset();
        return token;
    }

    /// <summary>Oldest first.</summary>
    public static ImmutableArray<ApiToken> List(Connection connection, long tenant)
    {
        var tokens = ImmutableArray.CreateBuilder<ApiToken>();
        var row = connection.Prepare($"SELECT {Columns} WHERE k.tenant = ?1 ORDER BY k.created_at, k.id").Bind(1, tenant);
        while (row.Step())
        {
            tokens.Add(Read(row));
        }

        return tokens.DrainToImmutable();
    }

    public static void Insert(Connection connection, long tenant, ApiToken token) =>
        connection.Prepare("INSERT INTO token(hash, tenant, id, person, created_at, expires_at, revoked_at, scopes, made_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
            .Bind(1, token.Hash).Bind(2, tenant).Bind(3, token.Id).Bind(4, token.Person).Bind(5, token.CreatedAt.UtcTicks)
            .Bind(6, token.ExpiresAt?.UtcTicks).Bind(7, token.RevokedAt?.UtcTicks).Bind(8, (long)token.Scopes).Bind(9, token.MadeBy).Run();

    /// <summary>False: there is no such token, or it is revoked already.</summary>
    public static bool Revoke(Connection connection, long tenant, string id, DateTimeOffset at)
    {
        connection.Prepare("UPDATE token SET revoked_at = ?1 WHERE tenant = ?2 AND id = ?3 AND revoked_at IS NULL")
            .Bind(1, at.UtcTicks).Bind(2, tenant).Bind(3, id).Run();
        return connection.Changes == 1;
    }

    public static bool Exists(Connection connection, long tenant, string id)
    {
        var row = connection.Prepare("SELECT 1 FROM token WHERE tenant = ?1 AND id = ?2").Bind(1, tenant).Bind(2, id);
        var exists = row.Step();
        row.Reset();
        return exists;
    }

    private static ApiToken Read(Statement row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), Time.At(row.Int(4)), Time.At(row.IntOrNull(5)), Time.At(row.IntOrNull(6)))
    {
        Scopes = (Scopes)row.Int(7),
        MadeBy = row.TextOrNull(8),
    };
}
