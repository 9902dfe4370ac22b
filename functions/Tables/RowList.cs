using System.Collections.Immutable;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>Reads the rows of one partition whose keys begin alike, in the order of their keys: the one kind of list that costs what it gives.</summary>
internal static class RowList
{
    /// <summary>All of them.</summary>
    /// <param name="first">The first part of their keys.</param>
    public static IAsyncEnumerable<TableEntity> RowsAsync(this TableClient table, string partition, string first, CancellationToken cancellation)
    {
        var (start, end) = Range(first);
        return table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {start} and RowKey lt {end}"), cancellationToken: cancellation);
    }

    /// <summary>A page of them.</summary>
    /// <param name="first">The first part of their keys.</param>
    /// <exception cref="InvalidCursorException">The page's cursor is none of this kind.</exception>
    public static async ValueTask<Page<T>> PageAsync<T>(
        this TableClient table, string partition, string first, PageRequest page, Func<TableEntity, T> read, CancellationToken cancellation)
    {
        var (start, end) = Range(first);
        var after = RowCursor.Read(page.Cursor, start);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {end}");
        var found = ImmutableArray.CreateBuilder<T>(page.Limit);
        string? last = null;
        // One more than asked for says whether there are others.
        await foreach (var row in table.QueryAsync<TableEntity>(filter, page.Limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == page.Limit)
            {
                return new Page<T>(found.ToImmutable(), RowCursor.Write(last!, start));
            }

            found.Add(read(row));
            last = row.RowKey;
        }

        return new Page<T>(found.ToImmutable(), null);
    }

    private static (string Start, string End) Range(string first) => (first + TableKey.Separator, first + TableKey.AfterSeparator);
}
