using Approvals.Audit;
using Approvals.Chains.Json;
using Approvals.Requests;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>Reads request rows, on the writer's connection or a reader's.</summary>
internal static class RequestReader
{
    /// <summary>Bits for the snapshot's number, in the key of the snapshot table.</summary>
    public const int SnapshotBits = 20;

    /// <summary>What <see cref="Read"/> needs, with its tables.</summary>
    public const string Columns = """
        r.number, r.tenant, r.head_sequence, r.head_hash, r.due, r.waiting, r.involved, r.state, s.body
        FROM request r JOIN snapshot s ON s.id = (r.number << 20 | r.snapshot)
        """;

    public static RequestRow? Find(Connection connection, long tenant, string id)
    {
        var row = connection.Prepare($"SELECT {Columns} WHERE r.tenant = ?1 AND r.id = ?2").Bind(1, tenant).Bind(2, id);
        if (!row.Step())
        {
            return null;
        }

        var found = Read(row);
        row.Reset();
        return found;
    }

    public static long? NumberOf(Connection connection, long tenant, string id)
    {
        var row = connection.Prepare("SELECT number FROM request WHERE tenant = ?1 AND id = ?2").Bind(1, tenant).Bind(2, id);
        if (!row.Step())
        {
            return null;
        }

        var number = row.Int(0);
        row.Reset();
        return number;
    }

    public static (long Tenant, string Id)? IdOf(Connection connection, long number)
    {
        var row = connection.Prepare("SELECT tenant, id FROM request WHERE number = ?1").Bind(1, number);
        if (!row.Step())
        {
            return null;
        }

        var found = (row.Int(0), row.Text(1));
        row.Reset();
        return found;
    }

    public static RequestRow Read(Statement row) => new(
        row.Int(0),
        row.Int(1),
        new StoredRequest(
            StoreJson.Read(row.Bytes(7), ChainJson.State),
            StoreJson.Read(row.Bytes(8), ChainJson.Snapshot),
            new ChainHead(row.Int(2), HashColumn.Read(row.Bytes(3)))),
        row.IntOrNull(4),
        WaitingPlaces.FromColumn(row.Bytes(5)),
        StoreJson.Read(row.Bytes(6), StoreJson.Default.ImmutableArrayString));

    public static Snapshot? FindSnapshot(Connection connection, long request, int number)
    {
        var row = connection.Prepare("SELECT body FROM snapshot WHERE id = ?1").Bind(1, (request << SnapshotBits) | (uint)number);
        if (number is <= 0 or >= 1 << SnapshotBits || !row.Step())
        {
            return null;
        }

        var snapshot = StoreJson.Read(row.Bytes(0), ChainJson.Snapshot);
        row.Reset();
        return snapshot;
    }

    /// <summary>A request's snapshots lie together.</summary>
    public static long SnapshotId(long request, int number) => number is > 0 and < 1 << SnapshotBits
        ? checked(request << SnapshotBits) | (uint)number
        : throw new ArgumentOutOfRangeException(nameof(number), number, "A snapshot has a number from 1.");
}
