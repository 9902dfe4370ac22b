using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Partitions;

/// <summary>The partitions of one table that this process writes to, each through one writer.</summary>
internal sealed class PartitionWriters(TableClient table)
{
    private readonly ConcurrentDictionary<string, PartitionWriter> writers = new(StringComparer.Ordinal);

    public PartitionWriter Of(string partition) => writers.GetOrAdd(partition, static (key, owner) => new PartitionWriter(owner, key), table);
}
