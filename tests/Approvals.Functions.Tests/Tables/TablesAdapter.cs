using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Directory;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;
using Approvals.Ports;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Tables;

/// <summary>The Azure home's ports over tables of their own in a real Azurite; commands are carried out as orchestrations do, without their queue.</summary>
internal sealed class TablesAdapter : Adapter
{
    private readonly ServiceProvider _provider;

    private TablesAdapter(AzuriteFixture azurite, TimeProvider time, Operations? operations)
    {
        var services = new ServiceCollection().AddLogging().AddTablesHome(azurite, time, operations);
        services.AddSingleton<ICommandTransport>(provider => new DirectTransport(provider.GetRequiredService<IRequestWorker>));
        _provider = services.BuildServiceProvider();
    }

    public override ITenantCatalog Catalog => Get<ITenantCatalog>();

    public override IRequestEngine Engine => Get<IRequestEngine>();

    public override IRequestStore Requests => Get<IRequestStore>();

    public override IAuditStore Audit => Get<IAuditStore>();

    public override IOutboxStore Outbox => Get<IOutboxStore>();

    public override IPolicyStore Policies => Get<IPolicyStore>();

    public override IDelegationStore Delegations => Get<IDelegationStore>();

    public override IDirectoryStore? Directory => Get<IDirectoryStore>();

    public override ITokenStore? Tokens => Get<ITokenStore>();

    public override INotificationStore Notifications => Get<INotificationStore>();

    public override IIdempotencyStore Responses => Get<IIdempotencyStore>();

    public static async Task<Adapter> OpenAsync(AzuriteFixture azurite) => await OpenAsync(azurite, null);

    public static async Task<TablesAdapter> OpenAsync(AzuriteFixture azurite, Operations? operations)
    {
        var time = new ManualTime();
        var adapter = new TablesAdapter(azurite, time, operations) { Time = time };
        await adapter.Get<ServiceTables>().CreateAsync(default);
        return adapter;
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public override async Task SeedAsync(ImmutableArray<TenantDirectory> tenants) => await Get<IDirectorySeed>().SeedAsync(tenants, default);

    public override async Task CheckpointAsync()
    {
        foreach (var tenant in await Catalog.TenantsAsync(default))
        {
            await Get<CheckpointTaker>().TakeAsync(tenant, default);
        }
    }

    public override ValueTask DisposeAsync() => _provider.DisposeAsync();
}
