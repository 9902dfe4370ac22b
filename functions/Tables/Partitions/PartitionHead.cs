using Approvals.Audit;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Partitions;

/// <summary>Where a partition stands: the row that every write of it replaces.</summary>
/// <param name="Position">The last position given to an entry or event; 0 before the first.</param>
/// <param name="Chain">End of the tenant's own hash chain.</param>
/// <param name="Catalog">Counts changes of people, policies, delegations and settings.</param>
internal sealed record PartitionHead(long Position, ChainHead Chain, long Catalog)
{
    /// <summary>Sorts before every other row.</summary>
    public const string Key = "!head";

    public static readonly PartitionHead Empty = new(0, ChainHead.Empty, 0);

    /// <param name="write">Identifies the write, so that one whose answer was lost is recognised.</param>
    public TableEntity ToRow(string partition, string write) => new(partition, Key)
    {
        ["position"] = Position,
        ["chainSequence"] = Chain.Sequence,
        ["chainHash"] = Chain.Hash,
        ["catalog"] = Catalog,
        ["write"] = write,
    };

    public static PartitionHead Of(TableEntity row) => new(
        row.GetInt64("position") ?? 0,
        new ChainHead(row.GetInt64("chainSequence") ?? 0, row.GetString("chainHash") ?? ChainHead.Empty.Hash),
        row.GetInt64("catalog") ?? 0);
}
