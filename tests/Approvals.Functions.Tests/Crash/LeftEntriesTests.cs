using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Functions.Upkeep;
using Approvals.Ports;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Crash;

/// <summary>Entries that no orchestration brings: what a process that dies leaves of them, the upkeep's timer carries over.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class LeftEntriesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly string _prefix = TablesHome.NewPrefix();
    private Worker _healthy = null!;

    public async Task InitializeAsync()
    {
        _healthy = new Worker(azurite, _time, _prefix);
        await _healthy.Get<ServiceTables>().CreateAsync(default);
        await _healthy.Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
    }

    public Task DisposeAsync() => _healthy.DisposeAsync().AsTask();

    [Theory]
    [InlineData(FaultKind.NotSent)]
    [InlineData(FaultKind.AnswerLost)]
    public async Task Record_theProcessDiesAtAnyOperation_theSweepLeavesNothingOutOfTheTrail(FaultKind kind)
    {
        var number = 1;
        while (await StrikesAsync($"r{number}", kind, number))
        {
            number++;
        }

        Assert.InRange(number, 3, 100);
        Assert.True((await _healthy.Get<IAuditStore>().VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    /// <summary>False: there were fewer operations.</summary>
    private async Task<bool> StrikesAsync(string id, FaultKind kind, int number)
    {
        await _healthy.Engine.StartAsync(Office.Request(id, _time.GetUtcNow(), subject: id), default);
        var operations = new Operations();
        await using var struck = new Worker(azurite, _time, _prefix, operations);
        var fault = new Fault(operations, kind, number, dies: true);
        await Record.ExceptionAsync(() => struck.Engine.RecordAsync([Office.Entry(_time.GetUtcNow()) with { RequestId = id }], default).AsTask());
        var strikes = fault.End();

        _time.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        var (history, trail) = await EntriesAsync(id);
        Assert.True(history.SequenceEqual(trail), $"Operation {number} of {string.Join(", ", operations.All)}: {string.Join(' ', trail)} of {string.Join(' ', history)}");
        return strikes;
    }

    private async Task SweepAsync()
    {
        await using var next = new Worker(azurite, _time, _prefix);
        await ActivatorUtilities.CreateInstance<UpkeepWork>(next.Get<IServiceProvider>(), new LeftPeople(null!, null!, TimeProvider.System)).EveryMinuteAsync(default);
    }

    /// <summary>What the request's own chain has, and what the tenant's trail has of it.</summary>
    private async Task<(IEnumerable<long> History, IEnumerable<long> Trail)> EntriesAsync(string id)
    {
        await using var reader = new Worker(azurite, _time, _prefix);
        var history = await reader.Get<IRequestStore>().HistoryAsync(Office.Tenant, id, new PageRequest(100), default);
        var trail = reader.Get<IAuditStore>().ReadAsync(Office.Tenant, 0, default).Where(entry => entry.Chain == id);
        return (history.Items.Select(entry => entry.Sequence), await trail.Select(entry => entry.Sequence).ToListAsync());
    }
}
