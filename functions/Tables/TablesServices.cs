using Approvals.Audit;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables.Events;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tables.Tenants;
using Approvals.Ports;
using Approvals.Requests;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tables;

/// <summary>Registers the storage ports over Azure Tables.</summary>
internal static class TablesServices
{
    /// <summary>
    /// Needs a <see cref="TableServiceClient"/>, an <see cref="ICommandTransport"/>, an <see cref="ICheckpointStore"/> and an <see cref="ICheckpointSigner"/>; gives every
    /// other storage port.
    /// </summary>
    public static IServiceCollection AddTables(this IServiceCollection services, TableOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton<StartupSignal>();
        services.AddSingleton<ServiceTables>();
        services.AddHostedService<TablesStart>();
        services.AddSingleton<Watches<string>>();
        services.AddSingleton<Settlements>();
        services.AddSingleton<RecentRequests>();
        services.Add(tables => new RequestTable(tables.Requests));
        services.Add(tables => new BusinessKeys(tables.Requests));
        services.TryAddSingleton(OpenLimit.Default);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OpenSlots>(provider, Of(provider).Requests));
        services.Add(tables => new TenantTrail(new PartitionWriters(tables.Tenants)));
        services.Add(tables => new RequestIndexes(tables.Tenants));
        services.AddSingleton<InboxReader>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EntriesUnderWay>(provider, Of(provider).Tenants));
        services.AddSingleton<RequestCommits>();
        services.AddSingleton<RequestWorker>();
        services.AddSingleton<IRequestWorker>(provider => provider.GetRequiredService<RequestWorker>());
        services.AddSingleton<CommandStage>();
        services.AddSingleton<IRequestEngine, TablesEngine>();
        services.AddSingleton<IRequestStore, TablesRequestStore>();
        services.AddSingleton(provider => new TrailReader(Of(provider).Tenants, provider.GetRequiredService<RequestTable>()));
        services.AddSingleton<IAuditStore, TablesAuditStore>();
        services.AddSingleton<CheckpointTaker>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TrailRepair>(provider, Of(provider).Tenants));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProjectionRebuild>(provider, Of(provider).Tenants));
        AddTenants(services);
        AddEvents(services);
        services.AddSingleton<INotificationStore>(provider => new TablesNotificationStore(Of(provider).Personal, Time(provider)));
        services.AddSingleton<IPersonalStore>(provider => new TablesPersonalStore(Of(provider).Personal));
        services.AddSingleton<IPreferenceStore>(provider => new TablesPreferenceStore(Of(provider).Personal, Time(provider)));
        services.AddSingleton(provider => new TablesIdempotencyStore(Of(provider).Responses));
        services.AddSingleton<IIdempotencyStore>(provider => provider.GetRequiredService<TablesIdempotencyStore>());
        return services;
    }

    private static void AddTenants(IServiceCollection services)
    {
        services.AddSingleton(provider => new TenantCatalog(Of(provider).Tenants, Time(provider), provider.GetService<IPeopleSource>()));
        services.AddSingleton<ITenantCatalog>(provider => provider.GetRequiredService<TenantCatalog>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TenantChanges>(provider, Of(provider).Tenants));
        services.AddSingleton<IPolicyStore, TablesPolicyStore>();
        services.AddSingleton<TablesDelegationStore>();
        services.AddSingleton<IDelegationStore>(provider => provider.GetRequiredService<TablesDelegationStore>());
        services.AddSingleton<IDirectoryStore, TablesDirectoryStore>();
        services.AddSingleton<IDirectorySeed, TablesDirectorySeed>();
        services.AddSingleton<ITokenStore, TablesTokenStore>();
    }

    private static void AddEvents(IServiceCollection services)
    {
        services.AddSingleton(provider => new EventsLog(Of(provider).Events, Time(provider), provider.GetRequiredService<ILogger<EventsLog>>()));
        services.AddSingleton(provider => new Consumers(Of(provider).Events, Time(provider), provider.GetRequiredService<ILogger<Consumers>>()));
        services.AddSingleton<IOutboxStore, TablesOutboxStore>();
    }

    private static void Add<T>(this IServiceCollection services, Func<ServiceTables, T> make)
        where T : class => services.AddSingleton(provider => make(Of(provider)));

    private static ServiceTables Of(IServiceProvider provider) => provider.GetRequiredService<ServiceTables>();

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
