using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Writes the tenant's trail: entries of its own chain whole, those of requests as pointers into their partitions, all in one order of arrival.</summary>
internal sealed class TenantTrail(PartitionWriters tenants)
{
    /// <summary>Entries of one plan: each is a row, up to four of the index, and may have a payload of 256 KiB.</summary>
    private const int MostAtOnce = 10;

    public static string PartitionOf(string tenant) => TableKey.Part(tenant);

    public PartitionWriter Of(string tenant) => tenants.Of(PartitionOf(tenant));

    /// <summary>Appends entries that belong to no request, in their order, but for those that the chain has by their <see cref="AuditDraft.Once"/>.</summary>
    public Task RecordAsync(string tenant, ImmutableArray<AuditDraft> drafts) => Task.WhenAll(drafts.Chunk(MostAtOnce).Select(some => Of(tenant).WriteAsync(async batch =>
    {
        var fresh = ImmutableArray.CreateBuilder<AuditDraft>(some.Length);
        foreach (var draft in some)
        {
            if (draft.Once is null || await TakesAsync(batch, RequestRows.OnceKey(draft.Once)))
            {
                fresh.Add(draft);
            }
        }

        Append(batch, fresh.ToImmutable());
        return true;
    })));

    /// <summary>Appends the refusal of a command to a request that does not exist, once for each command.</summary>
    public Task RecordRefusalAsync(string tenant, string requestId, string commandId, ImmutableArray<AuditDraft> drafts) => Of(tenant).WriteAsync(async batch =>
    {
        if (await TakesAsync(batch, $"f|{TableKey.Of(requestId, commandId)}"))
        {
            Append(batch, drafts);
        }

        return true;
    });

    /// <summary>Whether a key is taken by this, and not before.</summary>
    private static async ValueTask<bool> TakesAsync(PartitionBatch batch, string key)
    {
        if (await batch.FindAsync(key) is not null)
        {
            return false;
        }

        batch.Put(batch.Row(key));
        return true;
    }

    /// <summary>Appends to the tenant's own chain, with whatever else the transaction changes.</summary>
    public static void Append(PartitionBatch batch, ImmutableArray<AuditDraft> drafts)
    {
        if (drafts.IsEmpty)
        {
            return;
        }

        var entries = AuditChain.Append(AuditChain.TenantChain, batch.Head.Chain, drafts);
        var fields = entries.Select(entry => AuditFields.Read(entry.Canonical.Span)).ToList();
        var all = new TrailStretch(null, batch.Head.Position + 1, entries[0].Sequence, entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            var place = all.At(i);
            var row = place.Onto(batch.Row(TrailStretch.KeyOf(place.Position)));
            row["hash"] = entries[i].Hash;
            row["at"] = fields[i].At;
            batch.Put(row.With("body", entries[i].Canonical), isNew: true);
        }

        TrailIndex.Put(batch, all, fields);
        batch.Head = batch.Head with { Position = all.Last, Chain = new ChainHead(entries[^1].Sequence, entries[^1].Hash) };
    }

    /// <summary>Gives entries of a request their positions. They must follow each other.</summary>
    public static TrailStretch Point(PartitionBatch batch, string requestId, IReadOnlyList<AuditFields> entries)
    {
        var stretch = new TrailStretch(requestId, batch.Head.Position + 1, entries[0].Sequence, entries.Count);
        Put(batch, stretch, entries, isNew: true);
        batch.Head = batch.Head with { Position = stretch.Last };
        return stretch;
    }

    /// <summary>Writes a request's stretch with its rows of the index.</summary>
    public static void Put(PartitionBatch batch, TrailStretch stretch, IReadOnlyList<AuditFields> entries, bool isNew)
    {
        var row = stretch.Onto(batch.Row(TrailStretch.KeyOf(stretch.Last)));
        row["at"] = entries[^1].At;
        batch.Put(row, isNew);
        TrailIndex.Put(batch, stretch, entries, isNew);
    }
}
