using Approvals.Delegations;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>The writer's side of the delegations. The column <c>until</c> has <see cref="DelegationTurn.NextAt"/>: a beginning that is still to come, else the end.</summary>
internal sealed class DelegationTable(Connection connection, TenantTable tenants)
{
    /// <summary>Those whose end has not been recorded.</summary>
    public static List<Delegation> Running(Connection connection, long tenant)
    {
        var found = new List<Delegation>();
        var row = connection.Prepare("SELECT body FROM delegation WHERE tenant = ?1 AND over = 0").Bind(1, tenant);
        while (row.Step())
        {
            found.Add(Read(row.Bytes(0)));
        }

        return found;
    }

    /// <summary>When time next changes a running one.</summary>
    public static long? FirstTurn(Connection connection) => connection.Number("SELECT min(until) FROM delegation WHERE over = 0");

    /// <summary>Running ones that began or ended by then, earliest first.</summary>
    public static List<(string Tenant, string Id)> TurnedBy(Connection connection, DateTimeOffset now, int most)
    {
        var found = new List<(string, string)>();
        var row = connection.Prepare("""
            SELECT t.id, d.id FROM delegation d JOIN tenant t ON t.number = d.tenant WHERE d.over = 0 AND d.until <= ?1 ORDER BY d.until LIMIT ?2
            """).Bind(1, now.UtcTicks).Bind(2, most);
        while (row.Step())
        {
            found.Add((row.Text(0), row.Text(1)));
        }

        return found;
    }

    public static Delegation? Find(Connection connection, long tenant, string id, out bool over)
    {
        over = false;
        var row = connection.Prepare("SELECT body, over FROM delegation WHERE tenant = ?1 AND id = ?2").Bind(1, tenant).Bind(2, id);
        if (!row.Step())
        {
            return null;
        }

        var found = Read(row.Bytes(0));
        over = row.Int(1) != 0;
        row.Reset();
        return found;
    }

    /// <param name="over">Its end is recorded: it leaves the snapshot.</param>
    public void Save(string tenant, Delegation delegation, bool over)
    {
        var entry = tenants.Get(tenant);
        connection.Prepare("""
            INSERT INTO delegation(tenant, id, delegator, delegate, until, over, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT(tenant, id) DO UPDATE SET delegator = ?3, delegate = ?4, until = ?5, over = ?6, body = ?7
            """)
            .Bind(1, entry.Number).Bind(2, delegation.Id).Bind(3, delegation.Delegator).Bind(4, delegation.Delegate)
            .Bind(5, DelegationTurn.NextAt(delegation).UtcTicks).Bind(6, over ? 1 : 0)
            .BindText(7, StoreJson.Write(delegation, StoreJson.Default.Delegation)).Run();
        var others = entry.Snapshot.Delegations.All.Where(other => other.Id != delegation.Id);
        tenants.Change(entry, entry.Snapshot with { Delegations = new DelegationSet(over ? others : others.Append(delegation)) });
    }

    public static Delegation Read(ReadOnlySpan<byte> body) => StoreJson.Read(body, StoreJson.Default.Delegation);
}
