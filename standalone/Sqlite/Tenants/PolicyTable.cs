using Approvals.Policies;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>The writer's side of the policies' versions.</summary>
internal sealed class PolicyTable(Connection connection, TenantTable tenants)
{
    public static List<PolicyVersion> Active(Connection connection, long tenant)
    {
        var found = new List<PolicyVersion>();
        var row = connection.Prepare("SELECT body FROM policy WHERE tenant = ?1 AND status = 'active'").Bind(1, tenant);
        while (row.Step())
        {
            found.Add(Read(row.Bytes(0)));
        }

        return found;
    }

    public static List<PolicyVersion> List(Connection connection, long tenant, string? key)
    {
        var found = new List<PolicyVersion>();
        var row = connection.Prepare("SELECT body FROM policy WHERE tenant = ?1 AND (?2 IS NULL OR key = ?2) ORDER BY key, version DESC")
            .Bind(1, tenant).Bind(2, key);
        while (row.Step())
        {
            found.Add(Read(row.Bytes(0)));
        }

        return found;
    }

    public PolicyVersion? Find(long tenant, string key, int version)
    {
        var row = connection.Prepare("SELECT body FROM policy WHERE tenant = ?1 AND key = ?2 AND version = ?3")
            .Bind(1, tenant).Bind(2, key).Bind(3, version);
        if (!row.Step())
        {
            return null;
        }

        var found = Read(row.Bytes(0));
        row.Reset();
        return found;
    }

    public int LastVersion(long tenant, string key)
    {
        var row = connection.Prepare("SELECT max(version) FROM policy WHERE tenant = ?1 AND key = ?2").Bind(1, tenant).Bind(2, key);
        var last = row.Step() ? (int)row.Int(0) : 0;
        row.Reset();
        return last;
    }

    public void Save(TenantEntry entry, PolicyVersion version) =>
        connection.Prepare("INSERT OR REPLACE INTO policy(tenant, key, version, status, body) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, entry.Number).Bind(2, version.Policy.Key).Bind(3, version.Version).Bind(4, Word(version.Status))
            .BindText(5, StoreJson.Write(version, StoreJson.Default.PolicyVersion)).Run();

    /// <summary>Shows the active versions, as the tables have them now, from the commit on.</summary>
    public void Refresh(string tenant)
    {
        var entry = tenants.Get(tenant);
        tenants.Change(entry, entry.Snapshot with { Policies = new PolicySet(Active(connection, entry.Number)) });
    }

    private static PolicyVersion Read(ReadOnlySpan<byte> body) => StoreJson.Read(body, StoreJson.Default.PolicyVersion);

    private static string Word(PolicyStatus status) => status switch
    {
        PolicyStatus.Active => "active",
        PolicyStatus.Retired => "retired",
        _ => "draft",
    };
}
