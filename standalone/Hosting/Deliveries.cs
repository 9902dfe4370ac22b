using System.Collections.Immutable;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Standalone.Delivery;
using Approvals.Types;

namespace Approvals.Standalone.Hosting;

/// <summary>Who is given the events that leave the service.</summary>
internal static class Deliveries
{
    public static void Add(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(Types(settings));
        services.AddSingleton<ISideEffect, VaultedSecrets>();
        services.AddSingleton<IOutboxConsumer>(provider => new SideEffectConsumer(
            provider.GetRequiredService<ApprovalTypes>(),
            [.. provider.GetServices<ISideEffect>()],
            provider.GetRequiredService<IRequestStore>(),
            provider.GetRequiredService<IRequestEngine>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_ => OutboundHttp.Create());
        foreach (var endpoint in Webhooks(settings))
        {
            services.AddSingleton<IOutboxConsumer>(provider => new WebhookConsumer(
                endpoint, provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<TimeProvider>()));
        }
        services.AddHostedService<OutboxService>();
    }

    private static ApprovalTypes Types(Settings settings) =>
        settings.Types is { } file ? Read(file, static bytes => ApprovalTypes.Parse(bytes)) : ApprovalTypes.BuiltIn;

    private static ImmutableArray<WebhookEndpoint> Webhooks(Settings settings) =>
        settings.Webhooks is { } file ? Read(file, static bytes => WebhookEndpoint.Parse(bytes)) : [];

    private static T Read<T>(string file, Func<byte[], T> parse)
    {
        try
        {
            return parse(File.ReadAllBytes(file));
        }
        catch (FormatException fault)
        {
            throw new SettingsException($"{file}: {fault.Message}", fault);
        }
    }
}
