using Approvals.Hosting.Delivery;
using Approvals.Ports;
using Approvals.Standalone.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Approvals.Standalone.Delivery;

/// <summary>Registers what leaves the service, and the loops that carry the outbox there.</summary>
internal static class OutboxServices
{
    /// <exception cref="Approvals.Hosting.SettingsException">One of the settings' files can't be used.</exception>
    public static IServiceCollection AddOutbox(this IServiceCollection services, Settings settings)
    {
        var address = settings.PublicUrl ?? settings.Url;
        services.AddDelivery(
            settings.Delivery, provider => Address(settings, provider), address.HostNameType == UriHostNameType.Dns ? address.Host : "localhost");
        services.AddSingleton<IPreferenceStore>(_ => new FilePreferences(Path.Combine(settings.DataDirectory, "preferences.json")));
        if (settings.Delivery.Mail is not null)
        {
            services.AddHostedService<HeldMailLoop>();
        }
        services.AddHostedService<OutboxService>();
        return services;
    }

    /// <summary>As it was set; where the port was left to the system, as the server found it.</summary>
    private static string Address(Settings settings, IServiceProvider provider) => settings switch
    {
        { PublicUrl: { } address } => address.AbsoluteUri,
        { Url.Port: 0 } => provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? settings.Url.AbsoluteUri,
        _ => settings.Url.AbsoluteUri,
    };
}
