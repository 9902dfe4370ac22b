using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Functions.Tables.Partitions;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Writes the tenant's trail: entries of its own chain whole, those of requests as pointers into their partitions, all in one order of arrival.</summary>
internal sealed class TenantTrail(PartitionWriters tenants)
{
    /// <summary>Entries of one plan: each is a row, four of the index, and may have a payload of 256 KiB.</summary>
    private const int MostAtOnce = 10;

    public static string PartitionOf(string tenant) => TableKey.Part(tenant);

    public PartitionWriter Of(string tenant) => tenants.Of(PartitionOf(tenant));

    /// <summary>Appends entries that belong to no request, in their order.</summary>
    public Task RecordAsync(string tenant, ImmutableArray<AuditDraft> drafts) => Task.WhenAll(drafts.Chunk(MostAtOnce).Select(some => Of(tenant).WriteAsync(batch =>
    {
        Append(batch, [.. some]);
        return new ValueTask<bool>(true);
    })));

    /// <summary>Appends the refusal of a command to a request that does not exist, once for each command.</summary>
    public Task RecordRefusalAsync(string tenant, string requestId, string commandId, ImmutableArray<AuditDraft> drafts) => Of(tenant).WriteAsync(async batch =>
    {
        var marker = batch.Row($"f|{TableKey.Of(requestId, commandId)}");
        if (await batch.FindAsync(marker.RowKey) is null)
        {
            batch.Put(marker);
            Append(batch, drafts);
        }

        return true;
    });

    /// <summary>Appends to the tenant's own chain, with whatever else the transaction changes.</summary>
    public static void Append(PartitionBatch batch, ImmutableArray<AuditDraft> drafts)
    {
        foreach (var entry in AuditChain.Append(AuditChain.TenantChain, batch.Head.Chain, drafts))
        {
            var position = batch.Head.Position + 1;
            var stretch = new TrailStretch(null, position, entry.Sequence, 1);
            var row = stretch.Onto(batch.Row(TrailStretch.KeyOf(position)));
            var fields = AuditFields.Read(entry.Canonical.Span);
            row["hash"] = entry.Hash;
            row["at"] = fields.At;
            batch.Put(row.With("body", entry.Canonical));
            TrailIndex.Put(batch, stretch, [fields]);
            batch.Head = batch.Head with { Position = position, Chain = new ChainHead(entry.Sequence, entry.Hash) };
        }
    }

    /// <summary>Gives entries of a request their positions. They must follow each other.</summary>
    public static TrailStretch Point(PartitionBatch batch, string requestId, IReadOnlyList<AuditFields> entries)
    {
        var stretch = new TrailStretch(requestId, batch.Head.Position + 1, entries[0].Sequence, entries.Count);
        var row = stretch.Onto(batch.Row(TrailStretch.KeyOf(stretch.Last)));
        row["at"] = entries[^1].At;
        batch.Put(row);
        TrailIndex.Put(batch, stretch, entries);
        batch.Head = batch.Head with { Position = stretch.Last };
        return stretch;
    }
}
