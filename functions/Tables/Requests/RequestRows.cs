using Approvals.Audit;
using Approvals.Chains.Json;
using Approvals.Outbox;
using Approvals.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// The rows of a request's partition <c>tenant|request</c> beside its head row <c>s</c>: the snapshot under decision <c>n</c>, where it is too large for the head row, and earlier ones
/// <c>n|number</c>, entries <c>a|sequence</c>, events <c>o|number</c>, commands and receipts <c>c|id</c>, and names of what the chain takes one entry of <c>k|name</c>.
/// </summary>
internal static class RequestRows
{
    public const string Snapshot = "n";

    /// <summary>Lists begin after it.</summary>
    private const string EntryPrefix = "a|";

    private const string EventPrefix = "o|";

    public static string PartitionOf(string tenant, string requestId) => TableKey.Of(tenant, requestId);

    public static string EntryKey(long sequence) => EntryPrefix + TableKey.Ascending(sequence);

    public static string EventKey(long number) => EventPrefix + TableKey.Ascending(number);

    public static string OnceKey(string name) => $"k|{TableKey.Part(name)}";

    public static string EarlierSnapshot(int number) => $"{Snapshot}|{TableKey.Ascending(number)}";

    public static TableEntity Of(string partition, string key, Snapshot snapshot) =>
        new TableEntity(partition, key).With("body", snapshot, ChainJson.Snapshot);

    public static TableEntity Of(string partition, AuditEntry entry) =>
        new TableEntity(partition, EntryKey(entry.Sequence)) { ["hash"] = entry.Hash }.With("body", entry.Canonical);

    public static TableEntity Of(string partition, long number, OutboxEvent happened) => Onto(new TableEntity(partition, EventKey(number)), happened);

    public static TableEntity Onto(TableEntity row, OutboxEvent happened)
    {
        row["id"] = happened.Id;
        row["type"] = happened.Type;
        row["tenant"] = happened.Tenant;
        row["request"] = happened.RequestId;
        row["time"] = happened.Time;
        return row.With("body", happened.Body);
    }

    public static OutboxEvent Event(TableEntity row) => new()
    {
        Id = row.GetString("id"),
        Type = row.GetString("type"),
        Tenant = row.GetString("tenant"),
        RequestId = row.GetString("request"),
        Time = row.GetDateTimeOffset("time")!.Value,
        Body = row.Bytes("body"),
    };

    public static long Number(TableEntity row) =>
        long.Parse(row.RowKey.AsSpan(row.RowKey.LastIndexOf(TableKey.Separator) + 1), System.Globalization.CultureInfo.InvariantCulture);
}
