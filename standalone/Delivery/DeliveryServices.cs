using System.Text;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Standalone.Hosting;
using Approvals.Types;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Standalone.Delivery;

/// <summary>Registers what leaves the service: webhooks, side effects, the feed, mail, Teams, and the loops that carry the outbox to them.</summary>
internal static class DeliveryServices
{
    /// <summary>Reads the settings' files; what is wrong with one is a <see cref="SettingsException"/>. Needs the ports and the application's services.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, Settings settings)
    {
        services.TryAddSingleton<OutboxSignal>();
        services.AddSingleton(settings.Types is { } types ? Read(types, "Types", ApprovalTypes.Parse) : ApprovalTypes.BuiltIn);
        services.AddSingleton(_ => OutboundHttp.Create());
        services.AddSingleton<IPreferenceStore>(_ => new FilePreferences(Path.Combine(settings.DataDirectory, "preferences.json")));
        services.AddSingleton(new ChannelSettings
        {
            Mail = settings.Mail is not null,
            Teams = settings.Teams is { } teams ? Read(teams, "Teams", TeamsFile.Parse) : [],
        });
        services.AddSingleton(provider => new PublicAddress(() => Address(settings, provider)));
        services.AddSingleton<MessageLinks>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<IOutboxConsumer, FeedConsumer>();
        AddSideEffects(services);
        AddMail(services, settings);
        if (settings.Teams is not null)
        {
            services.AddSingleton<ICardPoster, TeamsPoster>();
            services.AddSingleton<IOutboxConsumer, TeamsConsumer>();
        }

        foreach (var endpoint in settings.Webhooks is { } webhooks ? Read(webhooks, "Webhooks", WebhookEndpoint.Parse) : [])
        {
            services.AddSingleton<IOutboxConsumer>(provider => ActivatorUtilities.CreateInstance<WebhookConsumer>(provider, endpoint));
        }

        services.AddHostedService<OutboxService>();
        return services;
    }

    private static void AddSideEffects(IServiceCollection services)
    {
        services.AddSingleton<ISideEffect, VaultedSecrets>();
        services.AddSingleton<ISideEffect, WebhookSideEffect>();
        services.AddSingleton<IOutboxConsumer>(provider => ActivatorUtilities.CreateInstance<SideEffectConsumer>(
            provider, (IReadOnlyList<ISideEffect>)[.. provider.GetServices<ISideEffect>()]));
    }

    private static void AddMail(IServiceCollection services, Settings settings)
    {
        if (settings.Mail is not { } server)
        {
            return;
        }

        var address = settings.PublicUrl ?? settings.Url;
        var host = address.HostNameType == UriHostNameType.Dns ? address.Host : "localhost";
        services.AddSingleton<IMailSender>(new SmtpMailSender(server, settings.MailFrom ?? $"approvals@{host}"));
        services.AddSingleton<IOutboxConsumer, MailConsumer>();
        services.AddSingleton<HeldMail>();
        services.AddHostedService<HeldMailLoop>();
    }

    /// <summary>As it was set; where the port was left to the system, as the server found it.</summary>
    private static string Address(Settings settings, IServiceProvider provider) => settings switch
    {
        { PublicUrl: { } address } => address.AbsoluteUri,
        { Url.Port: 0 } => provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? settings.Url.AbsoluteUri,
        _ => settings.Url.AbsoluteUri,
    };

    private delegate T Parser<T>(ReadOnlySpan<byte> json);

    private static T Read<T>(string path, string name, Parser<T> parse)
    {
        try
        {
            var bytes = File.ReadAllBytes(path).AsSpan();
            return parse(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (FormatException fault)
        {
            throw new SettingsException($"Approvals:{name}: {path}: {fault.Message}", fault);
        }
    }
}
