using Approvals.Audit;
using Approvals.Ports;
using Approvals.Standalone.Checkpoints;
using Approvals.Standalone.Data;
using Approvals.Standalone.Due;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Standalone.Sqlite;

/// <summary>Registers every port over one data directory.</summary>
public static class SqliteServices
{
    /// <summary>
    /// The ports, the loops that time drives, and <see cref="StorageStart"/>, which opens the directory when the host starts (or whenever a port
    /// is first asked for).
    /// </summary>
    public static IServiceCollection AddSqlite(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SqliteStorage.Open(
            options.DataDirectory, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>(), options.OpenLimit));
        services.AddPort<ITenantCatalog>(storage => storage.Catalog);
        services.AddPort<IRequestEngine>(storage => storage.Engine);
        services.AddPort<IRequestStore>(storage => storage.Requests);
        services.AddPort<IAuditStore>(storage => storage.Audit);
        services.AddPort<IReadiness>(storage => storage.Readiness);
        services.AddPort<ICheckpointStore>(storage => storage.Checkpoints);
        services.AddPort<ICheckpointSigner>(storage => storage.Signer);
        services.AddPort<IOutboxStore>(storage => storage.Outbox);
        services.AddPort<INotificationStore>(storage => storage.Notifications);
        services.AddPort<IPersonalStore>(storage => storage.Personal);
        services.AddPort<IIdempotencyStore>(storage => storage.Responses);
        services.AddPort<ITokenStore>(storage => storage.Tokens);
        services.AddPort<IPolicyStore>(storage => storage.Policies);
        services.AddPort<IDelegationStore>(storage => storage.Delegations);
        services.AddPort<IDirectoryStore>(storage => storage.Directory);
        services.AddPort<IDirectorySeed>(storage => storage.Directory);
        services.AddPort<ISecretKeys>(storage => storage.Keys);
        services.AddPort<IVault>(storage => storage.Vault);

        // Stopped in the opposite order: the last checkpoint is taken when nothing else runs any more.
        services.AddHostedService<StorageStart>();
        services.AddSingleton<CheckpointTaker>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<CheckpointLoop>(provider, options.CheckpointEvery));
        services.AddHostedService(provider =>
        {
            var storage = provider.GetRequiredService<SqliteStorage>();
            return ActivatorUtilities.CreateInstance<DueLoop>(provider, storage.Engine, storage.Readers, storage.Announcements);
        });
        services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<Upkeep>(provider, provider.GetRequiredService<SqliteStorage>().Writer));
        return services;
    }

    private static void AddPort<T>(this IServiceCollection services, Func<SqliteStorage, T> port)
        where T : class => services.AddSingleton(provider => port(provider.GetRequiredService<SqliteStorage>()));
}
