using System.Collections.Immutable;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>Reads the rows of one partition whose keys begin alike, in the order of their keys: the one kind of list that costs what it gives.</summary>
internal static class RowList
{
    /// <summary>All of them.</summary>
    /// <param name="first">The first part of their keys.</param>
    /// <param name="after">A key to go on after.</param>
    /// <param name="upTo">The last key.</param>
    /// <param name="pageSize">Rows that the service gives at once; each time is an operation.</param>
    /// <param name="filter">A further condition, which the service checks.</param>
    public static IAsyncEnumerable<TableEntity> RowsAsync(
        this TableClient table, string partition, string first, CancellationToken cancellation,
        string? after = null, string? upTo = null, int? pageSize = null, string? filter = null)
    {
        var (start, end) = Range(first);
        var range = upTo is null
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? start} and RowKey lt {end}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? start} and RowKey le {upTo}");
        return table.QueryAsync<TableEntity>(filter is null ? range : $"{range} and {filter}", pageSize, cancellationToken: cancellation);
    }

    /// <summary>All of them at once.</summary>
    public static async Task<List<TableEntity>> ListAsync(
        this TableClient table, string partition, string first, CancellationToken cancellation, string? filter = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.RowsAsync(partition, first, cancellation, filter: filter))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A page of them.</summary>
    /// <exception cref="InvalidCursorException">The page's cursor is none of this kind.</exception>
    public static ValueTask<Page<T>> PageAsync<T>(
        this TableClient table, string partition, string first, PageRequest page, Func<TableEntity, T> read, CancellationToken cancellation)
        where T : class =>
        table.PageAsync(partition, first, page, rows => Task.FromResult<IReadOnlyList<T?>>([.. rows.Select(read)]), cancellation);

    /// <summary>A page of what they become, several at once; a row that becomes nothing is passed over.</summary>
    /// <exception cref="InvalidCursorException">The page's cursor is none of this kind.</exception>
    public static async ValueTask<Page<T>> PageAsync<T>(
        this TableClient table, string partition, string first, PageRequest page,
        Func<IReadOnlyList<TableEntity>, Task<IReadOnlyList<T?>>> read, CancellationToken cancellation)
        where T : class
    {
        var start = Range(first).Start;
        var found = ImmutableArray.CreateBuilder<T>();
        string? last = null;
        // One more than asked for says whether there are others.
        var stretch = page.Limit + 1;
        var all = table.RowsAsync(partition, first, cancellation, RowCursor.Read(page.Cursor, start), pageSize: stretch);
        await foreach (var rows in all.Chunk(stretch).WithCancellation(cancellation))
        {
            var items = await read(rows);
            for (var i = 0; i < rows.Length; i++)
            {
                if (items[i] is { } item)
                {
                    if (found.Count == page.Limit)
                    {
                        return new Page<T>(found.ToImmutable(), RowCursor.Write(last!, start));
                    }

                    found.Add(item);
                    last = rows[i].RowKey;
                }
            }
        }

        return new Page<T>(found.ToImmutable(), null);
    }

    private static (string Start, string End) Range(string first) => (first + TableKey.Separator, first + TableKey.AfterSeparator);
}
