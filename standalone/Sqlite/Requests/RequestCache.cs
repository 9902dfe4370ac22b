using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>
/// Requests used lately, as committed. Two generations: what is not used while the younger one fills up is dropped with the older. The writer
/// fills it, anyone reads it.
/// </summary>
/// <param name="size">Requests in one generation.</param>
internal sealed class RequestCache(int size)
{
    private volatile Generation younger = new();
    private volatile Generation older = new();
    private int count;

    /// <summary>For the writer: what is found in the older generation lives on.</summary>
    public bool TryGet(long tenant, string id, [NotNullWhen(true)] out RequestRow? row)
    {
        if (younger.Rows.TryGetValue((tenant, id), out row))
        {
            return true;
        }

        if (!older.Rows.TryGetValue((tenant, id), out row))
        {
            return false;
        }

        Put(row);
        return true;
    }

    /// <summary>For readers: changes nothing.</summary>
    public RequestRow? Peek(long tenant, string id) =>
        younger.Rows.TryGetValue((tenant, id), out var row) || older.Rows.TryGetValue((tenant, id), out row) ? row : null;

    /// <summary>For readers: a request with a business key, probably the last one. Null: none that was used lately.</summary>
    public RequestRow? PeekByKey(long tenant, string businessKey) =>
        (younger.Ids.TryGetValue((tenant, businessKey), out var id) || older.Ids.TryGetValue((tenant, businessKey), out id))
        && Peek(tenant, id) is { } row && row.Stored.State.BusinessKey == businessKey ? row : null;

    /// <summary>For the writer alone.</summary>
    public void Put(RequestRow row)
    {
        // Counted here: the dictionary's own count takes all its locks.
        if (count >= size)
        {
            older = younger;
            younger = new();
            count = 0;
        }

        var state = row.Stored.State;
        var key = (row.Tenant, state.Id);
        if (younger.Rows.TryAdd(key, row))
        {
            count++;
        }
        else
        {
            younger.Rows[key] = row;
        }

        if (state.BusinessKey is { } businessKey)
        {
            younger.Ids[(row.Tenant, businessKey)] = state.Id;
        }
    }

    public void Clear()
    {
        younger = new();
        older = new();
        count = 0;
    }

    private sealed class Generation
    {
        public ConcurrentDictionary<(long Tenant, string Id), RequestRow> Rows { get; } = new();

        /// <summary>Of requests by business key.</summary>
        public ConcurrentDictionary<(long Tenant, string BusinessKey), string> Ids { get; } = new();
    }
}
