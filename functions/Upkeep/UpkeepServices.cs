using Approvals.Directory;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Approvals.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Upkeep;

/// <summary>Registers what runs beside calls: the outbox's consumers and the upkeep.</summary>
internal static class UpkeepServices
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services)
    {
        services.AddSingleton(provider => new LeftPeople(
            provider.GetRequiredService<Departure>(), provider.GetRequiredService<TenantChanges>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<IPeopleSource>()));
        services.AddSingleton<IUpkeepWork, UpkeepWork>();
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var lease = new Lease(provider.GetRequiredService<ServiceTables>().Events, "outbox", time);
            return new LeaseHolding(lease, time, provider.GetRequiredService<ILogger<LeaseHolding>>());
        });
        services.AddHostedService<OutboxUnderLease>();
        return services;
    }
}
