using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Tables;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Crash;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Tables;

/// <summary>The limit of open requests holds whatever workers there are.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class OpenSlotsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly string _prefix = TablesHome.NewPrefix();
    private readonly List<Worker> _workers = [];

    private static int Most => OpenLimit.Default.Most;

    public async Task InitializeAsync()
    {
        _workers.AddRange([new Worker(azurite, _time, _prefix), new Worker(azurite, _time, _prefix)]);
        await _workers[0].Get<ServiceTables>().CreateAsync(default);
        await _workers[0].Get<IDirectorySeed>().SeedAsync(Office.Directory, default);
    }

    public async Task DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Two_workers_at_once_start_no_more_than_the_limit()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 2 * Most).Select(i => StartAsync(i % 2, $"r{i}")));

        Assert.Equal(Most, results.Count(result => result.Created));
        Assert.Equal(Most, results.Count(result => result.Refusal?.Code == RefusalCode.TooManyOpen));
    }

    [Fact]
    public async Task A_request_that_another_worker_settled_gives_its_place_back()
    {
        for (var i = 0; i < Most; i++)
        {
            Assert.True((await StartAsync(0, $"r{i}")).Created);
        }

        Assert.Equal(RefusalCode.TooManyOpen, (await StartAsync(1, "more")).Refusal?.Code);
        await _workers[1].Engine.SendAsync(Office.Send("r9", Office.Reject("ana")), default);
        Assert.True((await StartAsync(0, "more")).Created);
        Assert.Equal(RefusalCode.TooManyOpen, (await StartAsync(1, "still more")).Refusal?.Code);
    }

    [Fact]
    public async Task A_place_whose_taker_died_is_free_after_a_minute()
    {
        var slots = _workers[0].Get<OpenSlots>();
        for (var i = 0; i < Most; i++)
        {
            Assert.True(await slots.TakeAsync((Command.Create)OpenLimitConformance.Of($"dead{i}").Create.Command, default));
        }

        Assert.Equal(RefusalCode.TooManyOpen, (await StartAsync(1, "more")).Refusal?.Code);
        _time.Advance(OpenSlots.AbandonedAfter);
        Assert.True((await StartAsync(1, "more")).Created);
    }

    private Task<StartResult> StartAsync(int worker, string id) => _workers[worker].Engine.StartAsync(OpenLimitConformance.Of(id), default).AsTask();
}
