using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;

namespace Approvals.Hosting;

/// <summary>Checks, once tenants are known, that the files of webhooks and Teams channels name none that there is not: nothing would ever be delivered.</summary>
public sealed class StartupDelivery(IEnumerable<WebhookEndpoint> endpoints, ChannelSettings channels, ITenantCatalog catalog)
{
    /// <exception cref="SettingsException">One is not there, with what was probably meant.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var known = await catalog.TenantsAsync(cancellation);
        string[] errors =
        [
            .. endpoints.Select(endpoint => Error(nameof(Delivery.DeliverySettings.Webhooks), endpoint.Tenant)),
            .. channels.Teams.Keys.Select(tenant => Error(nameof(Delivery.DeliverySettings.Teams), tenant)),
        ];
        if (errors.Any(error => error.Length > 0))
        {
            throw new SettingsException(string.Join('\n', errors.Where(error => error.Length > 0).Distinct()));
        }

        string Error(string setting, string tenant) => known.Contains(tenant, StringComparer.Ordinal)
            ? ""
            : $"{SettingsSection.Name}:{setting}: there is no tenant '{tenant}'.{Suggestion.After(tenant, known)}";
    }
}
