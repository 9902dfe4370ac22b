using System.Text;
using Approvals.Notifications;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Hosting.Delivery;

/// <summary>Registers what leaves the service: webhooks, side effects, the feed, mail, Teams. What carries the outbox to them is the host's.</summary>
public static class DeliveryServices
{
    /// <summary>Reads the settings' files; what is wrong with one is a <see cref="SettingsException"/>. Needs the ports and the application's services.</summary>
    /// <param name="address">Base of links in messages, looked up when a message is made.</param>
    /// <param name="mailHost">Of the sender of mail, where the settings name none.</param>
    public static IServiceCollection AddDelivery(
        this IServiceCollection services, DeliverySettings settings, Func<IServiceProvider, string> address, string mailHost)
    {
        services.TryAddSingleton<OutboxSignal>();
        services.AddSingleton(settings.Types is { } types ? Read(types, nameof(settings.Types), ApprovalTypes.Parse) : ApprovalTypes.BuiltIn);
        services.AddSingleton(_ => OutboundHttp.Create());
        services.AddSingleton(new ChannelSettings
        {
            Mail = settings.Mail is not null,
            Teams = settings.Teams is { } teams ? Read(teams, nameof(settings.Teams), TeamsFile.Parse) : [],
        });
        services.AddSingleton(provider => new PublicAddress(() => address(provider)));
        services.AddSingleton<MessageLinks>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<IOutboxConsumer, FeedConsumer>();
        AddSideEffects(services);
        if (settings.Mail is { } server)
        {
            services.AddSingleton<IMailSender>(new SmtpMailSender(server, settings.MailFrom ?? $"approvals@{mailHost}"));
            services.AddSingleton<IOutboxConsumer, MailConsumer>();
            services.AddSingleton<HeldMail>();
        }
        if (settings.Teams is not null)
        {
            services.AddSingleton<ICardPoster, TeamsPoster>();
            services.AddSingleton<IOutboxConsumer, TeamsConsumer>();
        }

        services.AddSingleton<StartupDelivery>();
        foreach (var endpoint in settings.Webhooks is { } webhooks ? Read(webhooks, nameof(settings.Webhooks), WebhookEndpoint.Parse) : [])
        {
            services.AddSingleton(endpoint);
            services.AddSingleton<IOutboxConsumer>(provider => ActivatorUtilities.CreateInstance<WebhookConsumer>(provider, endpoint));
        }

        return services;
    }

    private static void AddSideEffects(IServiceCollection services)
    {
        services.AddSingleton<ISideEffect, VaultedSecrets>();
        services.AddSingleton<ISideEffect, WebhookSideEffect>();
        services.AddSingleton<IOutboxConsumer>(provider => ActivatorUtilities.CreateInstance<SideEffectConsumer>(
            provider, (IReadOnlyList<ISideEffect>)[.. provider.GetServices<ISideEffect>()]));
    }

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
