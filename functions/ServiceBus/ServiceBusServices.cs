using Approvals.Outbox;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.ServiceBus;

/// <summary>Registers the topic as a consumer of the outbox.</summary>
internal static class ServiceBusServices
{
    /// <param name="settings">Null: nothing is published.</param>
    public static IServiceCollection AddServiceBus(this IServiceCollection services, ServiceBusSettings? settings)
    {
        if (settings is null)
        {
            return services;
        }
        services.AddSingleton(provider => settings.Connect(provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<IOutboxConsumer>(provider =>
            new TopicConsumer(provider.GetRequiredService<Azure.Messaging.ServiceBus.ServiceBusClient>().CreateSender(settings.Topic)));
        return services;
    }
}
