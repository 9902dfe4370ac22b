using System.Collections.Concurrent;
using Approvals.Tenants;

namespace Approvals.Api.Handlers;

/// <summary>How many calls of one kind, which stay open, each caller has: one that never closes its old ones must not use the service up.</summary>
/// <param name="most">For a caller.</param>
public sealed class OpenCalls(int most)
{
    /// <summary>Live streams: one for each window of a browser.</summary>
    public const int MaxStreams = 32;

    /// <summary>Gate calls that wait for an answer: an agent may wait for each of its open requests.</summary>
    public const int MaxPolls = 256;

    private readonly ConcurrentDictionary<(string Tenant, string Person), int> _open = new();

    public bool TryOpen(Caller caller)
    {
        var key = (caller.TenantId, caller.Key);
        if (_open.AddOrUpdate(key, 1, static (_, count) => count + 1) <= most)
        {
            return true;
        }
        Close(caller);
        return false;
    }

    public void Close(Caller caller)
    {
        var key = (caller.TenantId, caller.Key);
        if (_open.AddOrUpdate(key, 0, static (_, count) => count - 1) == 0)
        {
            // Only where nobody opened one in between.
            _open.TryRemove(new KeyValuePair<(string, string), int>(key, 0));
        }
    }
}
