using Approvals.Ports;
using Microsoft.Extensions.Logging;

namespace Approvals.Hosting;

/// <summary>Warns, once policies were published, of tenants that have none in effect: nothing else would tell that the gate lets everything pass.</summary>
public sealed partial class UngatedTenants(ITenantCatalog catalog, ILogger<UngatedTenants> log)
{
    public async Task WarnAsync(CancellationToken cancellation)
    {
        foreach (var id in await catalog.TenantsAsync(cancellation))
        {
            if (await catalog.FindAsync(id, cancellation) is { Policies.Active.Length: 0 })
            {
                Warn(log, id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No policy is in effect in tenant '{Tenant}': the gate allows every action.")]
    private static partial void Warn(ILogger logger, string tenant);
}
