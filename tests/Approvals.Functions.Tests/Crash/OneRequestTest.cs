using Approvals.Conformance;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Ports;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Crash;

/// <summary>A request <c>r1</c> of one level, the process that started it, whose operations are counted, and others over the same tables.</summary>
[Collection(AzuriteFixture.Collection)]
public abstract class OneRequestTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly string _prefix = TablesHome.NewPrefix();
    private Worker? _first;

    private protected Operations Operations { get; } = new();

    private protected Worker First => _first!;

    public async Task InitializeAsync()
    {
        _first = new Worker(azurite, _time, _prefix, Operations);
        await _first.Get<ServiceTables>().CreateAsync(default);
        await _first.Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
        await _first.Engine.StartAsync(Office.Request("r1", _time.GetUtcNow(), levels: [Office.Level("Manager", "ana")]), default);
    }

    public Task DisposeAsync() => First.DisposeAsync().AsTask();

    private protected Worker Another(StartupSignal? startup = null) => new(azurite, _time, _prefix, startup: startup);
}
