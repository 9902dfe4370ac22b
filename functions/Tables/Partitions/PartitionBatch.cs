using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Partitions;

/// <summary>
/// What one entity-group transaction will change. Plans read through it, so that each sees what those before it in the same transaction do.
/// A plan may run again: after a conflict, or when it does not fit any more.
/// </summary>
/// <param name="trusts">False: a row that should have been new was there, so that every row is looked for.</param>
internal sealed class PartitionBatch(string partition, PartitionHead opened, Func<string, bool, ValueTask<TableEntity?>> read, bool trusts)
{
    /// <summary>The service takes 100 rows at once; one of them is the head.</summary>
    public const int MostRows = 99;

    /// <summary>Below the service's 4 MiB, since text and names take more on the way than counted here.</summary>
    private const long MostBytes = 3 * 1024 * 1024;

    private readonly Dictionary<string, TableEntity?> accepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TableEntity?> planned = new(StringComparer.Ordinal);
    private readonly HashSet<string> fresh = new(StringComparer.Ordinal);
    private PartitionHead acceptedHead = opened;
    private long acceptedBytes;
    private long plannedBytes;

    public string Partition { get; } = partition;

    /// <summary>As it will be after this transaction.</summary>
    public PartitionHead Head { get; set; } = opened;

    public bool IsEmpty => accepted.Count == 0;

    /// <summary>What is to be written; null where a row is to be removed.</summary>
    public IReadOnlyDictionary<string, TableEntity?> Rows => accepted;

    public bool Fits => accepted.Count + planned.Keys.Count(key => !accepted.ContainsKey(key)) <= MostRows && acceptedBytes + plannedBytes <= MostBytes;

    /// <summary>A row as it will be; null where there is none.</summary>
    /// <param name="isNew">
    /// None should be there, so that the storage is not asked. Then the plan must put it as new: where another process was first, nothing is written, and
    /// the plan runs again on what stands there.
    /// </param>
    public ValueTask<TableEntity?> FindAsync(string key, bool isNew = false) =>
        planned.TryGetValue(key, out var row) || accepted.TryGetValue(key, out row) ? new(row) : read(key, isNew && trusts);

    /// <summary>Adds a row, or replaces it whole.</summary>
    /// <param name="isNew">None should be there: where one is all the same, the plan runs again, and what it puts then replaces the row.</param>
    public void Put(TableEntity row, bool isNew = false)
    {
        planned[row.RowKey] = row;
        if (isNew && trusts)
        {
            fresh.Add(row.RowKey);
        }

        plannedBytes += row.Sum(property => property.Value is byte[] bytes ? bytes.Length : property.Value is string text ? 2 * text.Length : 16);
    }

    public void Remove(string key) => planned[key] = null;

    public TableEntity Row(string key) => new(Partition, key);

    public bool IsNew(string key) => fresh.Contains(key);

    internal void Accept()
    {
        foreach (var (key, row) in planned)
        {
            accepted[key] = row;
        }

        acceptedHead = Head;
        acceptedBytes += plannedBytes;
        Forget();
    }

    internal void Forget()
    {
        planned.Clear();
        plannedBytes = 0;
        Head = acceptedHead;
    }
}
