using System.Collections.Concurrent;
using Approvals.Tenants;

namespace Approvals.Api.Handlers;

/// <summary>How many streams each caller has open: a page that never closes its old ones must not use the service up.</summary>
public sealed class OpenStreams
{
    public const int MostPerCaller = 32;

    private readonly ConcurrentDictionary<(string Tenant, string Person), int> _open = new();

    public bool TryOpen(Caller caller)
    {
        var key = (caller.TenantId, caller.Id);
        if (_open.AddOrUpdate(key, 1, static (_, count) => count + 1) <= MostPerCaller)
        {
            return true;
        }
        Close(caller);
        return false;
    }

    public void Close(Caller caller)
    {
        var key = (caller.TenantId, caller.Id);
        if (_open.AddOrUpdate(key, 0, static (_, count) => count - 1) == 0)
        {
            // Only where nobody opened one in between.
            _open.TryRemove(new KeyValuePair<(string, string), int>(key, 0));
        }
    }
}
