using Approvals.Functions.Hosting;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Crash;
using Approvals.Functions.Tests.Tables;
using Approvals.Hosting;
using Approvals.Ports;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tests.Hosting;

/// <summary>Workers that start together.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class PolicyFilesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Publish_byWorkersThatStartTogether_isDoneOnce()
    {
        var prefix = TablesHome.NewPrefix();
        Worker[] workers = [.. Enumerable.Range(0, 4).Select(_ => new Worker(azurite, TimeProvider.System, prefix))];
        await workers[0].Get<ServiceTables>().CreateAsync(default);
        var tenants = StartupDirectory.Read(null);
        await workers[0].Get<IDirectorySeed>().SeedAsync(tenants, default);

        await Task.WhenAll(workers.Select(worker => Task.Run(() => Of(worker).PublishAsync(null, withDemo: true, default))));

        var versions = await workers[0].Get<IPolicyStore>().ListAsync(tenants[0].Settings.Id, null, default);
        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Equal(1, version.Version));
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Tenant_withoutPolicies_isWarnedOfUntilOneIsPublished()
    {
        await using var worker = new Worker(azurite, TimeProvider.System, TablesHome.NewPrefix());
        await worker.Get<ServiceTables>().CreateAsync(default);
        await worker.Get<IDirectorySeed>().SeedAsync(StartupDirectory.Read(null), default);
        var log = new Warnings();
        var ungated = new UngatedTenants(worker.Get<ITenantCatalog>(), log);

        await ungated.WarnAsync(default);
        Assert.Equal("No policy is in effect in tenant 'contoso': the gate allows every action.", Assert.Single(log.Said));
        await Of(worker).PublishAsync(null, withDemo: true, default);
        await ungated.WarnAsync(default);
        Assert.Single(log.Said);
    }

    private static PolicyFiles Of(Worker worker) => new(
        new StartupPolicies(worker.Get<IPolicyStore>(), worker.Get<ITenantCatalog>(), TimeProvider.System), worker.Get<ServiceTables>(), TimeProvider.System);

    private sealed class Warnings : ILogger<UngatedTenants>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }
}
