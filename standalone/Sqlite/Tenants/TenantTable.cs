using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Policies;
using Approvals.Tenants;

namespace Approvals.Standalone.Sqlite.Tenants;

/// <summary>The writer's side of the tenants: their settings, the ends of their own audit chains, and the snapshots as the running transaction has them.</summary>
internal sealed class TenantTable(Connection connection, TenantCatalog catalog)
{
    private readonly Dictionary<string, TenantEntry> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ChainHead> heads = [];
    private readonly Dictionary<long, ChainHead> changedHeads = [];

    public void Open()
    {
        heads.Clear();
        var row = connection.Prepare("SELECT number, id, settings, head_sequence, head_hash FROM tenant ORDER BY number");
        var tenants = new List<(long Number, string Id, TenantSettings Settings)>();
        while (row.Step())
        {
            tenants.Add((row.Int(0), row.Text(1), StoreJson.Read(row.Bytes(2), StoreJson.Default.TenantSettings)));
            heads[row.Int(0)] = new ChainHead(row.Int(3), HashColumn.Read(row.Bytes(4)));
        }

        foreach (var (number, id, settings) in tenants)
        {
            changed[id] = new TenantEntry(number, new TenantSnapshot(
                settings,
                new DirectorySnapshot(PersonTable.All(connection, number)),
                new PolicySet(PolicyTable.Active(connection, number)),
                new DelegationSet(DelegationTable.Running(connection, number))));
        }

        Commit();
    }

    /// <summary>Numbers by id, for programs beside the one that writes.</summary>
    public static SortedDictionary<string, long> Numbers(Connection connection)
    {
        var numbers = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var row = connection.Prepare("SELECT id, number FROM tenant");
        while (row.Step())
        {
            numbers.Add(row.Text(0), row.Int(1));
        }

        return numbers;
    }

    public TenantEntry? Find(string id) => changed.TryGetValue(id, out var entry) ? entry : catalog.Find(id);

    /// <exception cref="InvalidOperationException">There is no such tenant.</exception>
    public TenantEntry Get(string id) => Find(id) ?? throw new InvalidOperationException($"There is no tenant '{id}'.");

    public TenantEntry Save(TenantSettings settings)
    {
        var entry = Find(settings.Id);
        if (entry is null)
        {
            connection.Prepare("INSERT INTO tenant(id, settings, head_sequence, head_hash) VALUES (?1, ?2, 0, zeroblob(32))")
                .Bind(1, settings.Id).BindText(2, StoreJson.Write(settings, StoreJson.Default.TenantSettings)).Run();
            var number = connection.Number("SELECT last_insert_rowid()")!.Value;
            changedHeads[number] = ChainHead.Empty;
            entry = new TenantEntry(number, new TenantSnapshot(settings, new DirectorySnapshot([]), new PolicySet([]), new DelegationSet([])));
        }
        else
        {
            connection.Prepare("UPDATE tenant SET settings = ?1 WHERE number = ?2")
                .BindText(1, StoreJson.Write(settings, StoreJson.Default.TenantSettings)).Bind(2, entry.Number).Run();
            entry = entry with { Snapshot = entry.Snapshot with { Settings = settings } };
        }

        return changed[settings.Id] = entry;
    }

    /// <summary>Replaces the snapshot from the commit on.</summary>
    public void Change(TenantEntry entry, TenantSnapshot snapshot) => changed[snapshot.Settings.Id] = entry with { Snapshot = snapshot };

    public ChainHead Head(long tenant) => changedHeads.TryGetValue(tenant, out var head) ? head : heads[tenant];

    public void MoveHead(long tenant, ChainHead head) => changedHeads[tenant] = head;

    /// <summary>Writes the heads, once for all entries of the transaction.</summary>
    public void Flush()
    {
        Span<byte> hash = stackalloc byte[HashColumn.Size];
        foreach (var (tenant, head) in changedHeads)
        {
            HashColumn.Write(head.Hash, hash);
            connection.Prepare("UPDATE tenant SET head_sequence = ?1, head_hash = ?2 WHERE number = ?3")
                .Bind(1, head.Sequence).Bind(2, hash).Bind(3, tenant).Run();
        }
    }

    public void Commit()
    {
        foreach (var (tenant, head) in changedHeads)
        {
            heads[tenant] = head;
        }

        changedHeads.Clear();
        catalog.Replace(changed);
        changed.Clear();
    }

    public void Rollback()
    {
        changedHeads.Clear();
        changed.Clear();
    }
}
