using System.Security.Cryptography;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>What a directory file last said of each person, as a hash: what it says again is not applied again over later changes.</summary>
internal sealed class SeedTable(Connection connection)
{
    /// <summary>Remembers it.</summary>
    /// <returns>False: the file said the same of this person the last time.</returns>
    public bool Take(long tenant, string person, ReadOnlySpan<byte> said)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(said, hash);
        connection.Prepare("""
            INSERT INTO seed(tenant, person, hash) VALUES (?1, ?2, ?3)
            ON CONFLICT(tenant, person) DO UPDATE SET hash = excluded.hash WHERE hash <> excluded.hash
            """).Bind(1, tenant).Bind(2, person).Bind(3, hash).Run();
        return connection.Changes > 0;
    }

    /// <summary>Forgets those whom the file names no longer.</summary>
    /// <param name="named">Everybody whom it names.</param>
    /// <returns>Whom it forgot.</returns>
    public List<string> Drop(long tenant, HashSet<string> named)
    {
        var gone = new List<string>();
        var row = connection.Prepare("SELECT person FROM seed WHERE tenant = ?1").Bind(1, tenant);
        while (row.Step())
        {
            if (!named.Contains(row.Text(0)))
            {
                gone.Add(row.Text(0));
            }
        }

        foreach (var person in gone)
        {
            connection.Prepare("DELETE FROM seed WHERE tenant = ?1 AND person = ?2").Bind(1, tenant).Bind(2, person).Run();
        }

        return gone;
    }
}
