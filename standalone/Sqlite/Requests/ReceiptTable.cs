using Approvals.Chains;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>Outcomes of commands, so that a repeat gets the first.</summary>
internal sealed class ReceiptTable(Connection connection)
{
    public Receipt? Find(long request, string command)
    {
        var row = connection.Prepare("SELECT version, at, code, detail, members, status, level, snapshot FROM receipt WHERE request = ?1 AND command = ?2")
            .Bind(1, request).Bind(2, command);
        if (!row.Step())
        {
            return null;
        }

        var refusal = row.TextOrNull(2) is { } code
            ? new Refusal(code, row.Text(3)) { Members = row.IsNull(4) ? [] : StoreJson.Read(row.Bytes(4), StoreJson.Default.ImmutableArrayRefusalMember) }
            : null;
        var receipt = new Receipt(command, row.Int(0), Time.At(row.Int(1)), refusal)
        {
            Standing = row.IntOrNull(5) is { } status ? new Standing(StatusColumn.Read(status), (int)row.Int(6), (int)row.Int(7)) : null,
        };
        row.Reset();
        return receipt;
    }

    public void Insert(long request, Receipt receipt)
    {
        var row = connection.Prepare("""
            INSERT INTO receipt(request, command, version, at, code, detail, members, status, level, snapshot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
            .Bind(1, request).Bind(2, receipt.CommandId).Bind(3, receipt.Version).Bind(4, receipt.At.UtcTicks)
            .Bind(5, receipt.Refusal?.Code).Bind(6, receipt.Refusal?.Detail)
            .Bind(8, receipt.Standing is { } standing ? StatusColumn.Of(standing.Status) : null)
            .Bind(9, receipt.Standing?.Level).Bind(10, receipt.Standing?.Snapshot);
        _ = receipt.Refusal is { Members: { IsEmpty: false } members }
            ? row.BindText(7, StoreJson.Write(members, StoreJson.Default.ImmutableArrayRefusalMember))
            : row.Bind(7, (string?)null);
        row.Run();
    }

    /// <summary>Of a command that was refused because there is no such request, or because it would not be created.</summary>
    public Receipt? FindStray(long tenant, string requestId, string command)
    {
        var key = PostingKey.Of(PostingKind.StrayReceipt, tenant, requestId, command);
        var row = connection.Prepare("SELECT at, code, detail FROM stray_receipt WHERE key = ?1").BindKey(1, key);
        if (!row.Step())
        {
            return null;
        }

        var receipt = new Receipt(command, 0, Time.At(row.Int(0)), new Refusal(row.Text(1), row.Text(2)));
        row.Reset();
        return receipt;
    }

    public void InsertStray(long tenant, string requestId, Receipt receipt)
    {
        var key = PostingKey.Of(PostingKind.StrayReceipt, tenant, requestId, receipt.CommandId);
        connection.Prepare("INSERT INTO stray_receipt(key, at, code, detail) VALUES (?1, ?2, ?3, ?4)")
            .BindKey(1, key).Bind(2, receipt.At.UtcTicks).Bind(3, receipt.Refusal!.Code).Bind(4, receipt.Refusal.Detail).Run();
    }

    /// <summary>Drops the oldest stray receipts.</summary>
    /// <returns>False: nothing is left to drop.</returns>
    public bool PruneStray(DateTimeOffset before, int most)
    {
        connection.Prepare("DELETE FROM stray_receipt WHERE key IN (SELECT key FROM stray_receipt WHERE at < ?1 ORDER BY at LIMIT ?2)")
            .Bind(1, before.UtcTicks).Bind(2, most).Run();
        return connection.Changes == most;
    }
}
