using Approvals.Audit;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Ports;
using Approvals.Testing;
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Tables;

/// <summary>The storage ports as the app has them, over tables of their own.</summary>
internal static class TablesHome
{
    public static string NewPrefix() => $"t{Guid.NewGuid():N}";

    /// <summary>An <see cref="ICommandTransport"/> is still to be added.</summary>
    /// <param name="operations">Counts, and breaks, what is asked of the tables.</param>
    /// <param name="prefix">Of tables that are there already; null: new ones.</param>
    /// <param name="options">Null: those of the app.</param>
    public static IServiceCollection AddTablesHome(
        this IServiceCollection services,
        AzuriteFixture azurite,
        TimeProvider time,
        Operations? operations = null,
        string? prefix = null,
        TableClientOptions? options = null)
    {
        options ??= new TableClientOptions();
        if (operations is not null)
        {
            options.AddPolicy(operations, HttpPipelinePosition.PerRetry);
        }

        var startup = new StartupSignal();
        startup.Complete();
        services.AddSingleton(startup);
        services.AddSingleton(time);
        services.AddSingleton(new TableServiceClient(azurite.ConnectionString, options));
        services.AddSingleton<ICheckpointStore, MemoryCheckpoints>();
        services.AddSingleton<ICheckpointSigner>(_ => new EcdsaCheckpointSigner(new FixedKeys(new byte[32])));
        return services.AddTables(new TableOptions(prefix ?? NewPrefix()));
    }
}
