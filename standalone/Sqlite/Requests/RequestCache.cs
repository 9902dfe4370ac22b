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
    /// <summary>Places for the ids of requests that came last with a business key.</summary>
    private const int Lately = 4096;

    private volatile ConcurrentDictionary<(long Tenant, string Id), RequestRow> younger = new();
    private volatile ConcurrentDictionary<(long Tenant, string Id), RequestRow> older = new();
    private readonly string?[] lately = new string?[Lately];
    private int count;

    /// <summary>For the writer: what is found in the older generation lives on.</summary>
    public bool TryGet(long tenant, string id, [NotNullWhen(true)] out RequestRow? row)
    {
        if (younger.TryGetValue((tenant, id), out row))
        {
            return true;
        }

        if (!older.TryGetValue((tenant, id), out row))
        {
            return false;
        }

        Put(row);
        return true;
    }

    /// <summary>For readers: changes nothing.</summary>
    public RequestRow? Peek(long tenant, string id) =>
        younger.TryGetValue((tenant, id), out var row) || older.TryGetValue((tenant, id), out row) ? row : null;

    /// <summary>For readers: the request that came last with a business key. A guess: null where it has not come lately, or another took its place.</summary>
    public RequestRow? PeekByKey(long tenant, string businessKey) =>
        lately[PlaceOf(businessKey)] is { } id && Peek(tenant, id) is { } row && row.Stored.State.BusinessKey == businessKey ? row : null;

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

        var key = (row.Tenant, row.Stored.State.Id);
        if (younger.TryAdd(key, row))
        {
            count++;
        }
        else
        {
            younger[key] = row;
        }

        if (row.Stored.State.BusinessKey is { } businessKey)
        {
            lately[PlaceOf(businessKey)] = key.Id;
        }
    }

    public void Clear()
    {
        younger = new();
        older = new();
        count = 0;
        Array.Clear(lately);
    }

    private static int PlaceOf(string businessKey) => (businessKey.GetHashCode(StringComparison.Ordinal) & int.MaxValue) % Lately;
}
