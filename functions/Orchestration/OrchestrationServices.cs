using Approvals.Functions.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Orchestration;

/// <summary>Registers the way by which commands reach the orchestrations.</summary>
internal static class OrchestrationServices
{
    public static IServiceCollection AddOrchestration(this IServiceCollection services)
    {
        services.AddSingleton<DurableClients>();
        services.AddSingleton<ICommandTransport, DurableTransport>();
        return services;
    }
}
