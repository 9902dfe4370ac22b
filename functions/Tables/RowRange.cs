using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>Rows of one partition whose keys begin alike, in the order of their keys.</summary>
internal static class RowRange
{
    /// <summary>All rows, or those after a key.</summary>
    /// <param name="filter">A further condition, checked by the service.</param>
    public static IAsyncEnumerable<TableEntity> BeginningAsync(
        TableClient table, string partition, string beginning, CancellationToken cancellation, string? after = null, int? pageSize = null, string? filter = null)
    {
        var range = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey gt {after ?? beginning} and RowKey lt {beginning[..^1] + TableKey.AfterSeparator}");
        return table.QueryAsync<TableEntity>(filter is null ? range : $"{range} and {filter}", pageSize, cancellationToken: cancellation);
    }

    public static async Task<List<TableEntity>> ListAsync(
        TableClient table, string partition, string beginning, CancellationToken cancellation, string? filter = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in BeginningAsync(table, partition, beginning, cancellation, filter: filter))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A page of what rows become; a row that becomes nothing is passed over.</summary>
    public static async Task<Page<T>> PageAsync<T>(
        TableClient table, string partition, string beginning, PageRequest page, Func<TableEntity, ValueTask<T?>> read, CancellationToken cancellation)
        where T : class
    {
        var found = ImmutableArray.CreateBuilder<T>();
        var last = "";
        await foreach (var row in BeginningAsync(table, partition, beginning, cancellation, After(page.Cursor, beginning), Math.Min(1000, page.Limit + 1)))
        {
            if (await read(row) is { } item)
            {
                if (found.Count == page.Limit)
                {
                    return new Page<T>(found.ToImmutable(), Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last[beginning.Length..])));
                }

                found.Add(item);
                last = row.RowKey;
            }
        }

        return new Page<T>(found.ToImmutable(), null);
    }

    /// <summary>The key that a cursor stands for: it has only what comes after the beginning, and so leads nowhere else.</summary>
    private static string? After(string? cursor, string beginning)
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            var rest = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor));
            return rest.Length is > 0 and <= 400 && !rest.Any(char.IsControl) ? beginning + rest : throw new InvalidCursorException();
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new InvalidCursorException();
        }
    }
}
