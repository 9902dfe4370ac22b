using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Functions.Tables.Partitions;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Finds entries by actor, kind of actor, action and subject: a row for each value that occurs in a stretch of the trail, newest first, with the
/// entries that have it.
/// </summary>
internal static class TrailIndex
{
    /// <summary>What entries can be found by, the most selective first.</summary>
    private static readonly ImmutableArray<(string Kind, Func<AuditFields, string?> OfEntry, Func<AuditQuery, string?> OfQuery)> Kinds =
    [
        ("s", entry => entry.SubjectType is null ? null : $"{entry.SubjectType}:{entry.SubjectId}", query => query.Subject),
        ("a", entry => entry.ActorId, query => query.Actor),
        ("c", entry => entry.Action, query => query.Action),
        ("t", entry => entry.ActorType, query => query.ActorType),
    ];

    /// <param name="isNew">False: rows of it may stand there.</param>
    public static void Put(PartitionBatch batch, TrailStretch stretch, IReadOnlyList<AuditFields> entries, bool isNew = true)
    {
        foreach (var (key, offsets) in RowsOf(stretch, entries))
        {
            var row = stretch.Onto(batch.Row(key));
            row["offsets"] = string.Join(',', offsets);
            batch.Put(row, isNew);
        }
    }

    public static void Remove(PartitionBatch batch, TrailStretch stretch, IReadOnlyList<AuditFields> entries)
    {
        foreach (var (key, _) in RowsOf(stretch, entries))
        {
            batch.Remove(key);
        }
    }

    private static IEnumerable<(string Key, IEnumerable<int> Offsets)> RowsOf(TrailStretch stretch, IReadOnlyList<AuditFields> entries) =>
        from kind in Kinds
        from pair in entries.Select((entry, i) => (Value: kind.OfEntry(entry), Offset: i))
        where pair.Value is not null
        group pair.Offset by (kind.Kind, pair.Value) into offsets
        select (KeyOf(First(offsets.Key.Kind, offsets.Key.Value), stretch.Last), offsets.AsEnumerable());

    public static string KeyOf(string first, long last) => $"{first}|{TableKey.Descending(last)}";

    /// <summary>What the rows begin with of the query's most selective value; null where it names none.</summary>
    public static string? FirstOf(AuditQuery query)
    {
        foreach (var (kind, _, ofQuery) in Kinds)
        {
            if (ofQuery(query) is { } value)
            {
                return First(kind, value);
            }
        }

        return null;
    }

    /// <summary>Positions with the row's value, the newest first.</summary>
    public static IEnumerable<TrailStretch> Entries(TableEntity row)
    {
        var stretch = TrailStretch.Of(row);
        return row.GetString("offsets").Split(',')
            .Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))
            .OrderDescending()
            .Select(stretch.At);
    }

    private static string First(string kind, string value) => $"x|{kind}|{TableKey.Part(value)}";
}
