using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables.Events;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tests.Azurite;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Testing;
using Azure.Core;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What fails again and again, with nobody who waits for it: it is tried less and less often, told of, and given up where somebody was promised it.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class FailingWorkTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Run_aCommandThatFailsForADay_isRefusedAndTheNextOneGoesOn()
    {
        await using var adapter = await StartedAsync();
        // Of a tenant that is nowhere: no try can succeed.
        var lost = Office.Send("r9", new Command.AddComment("Hello?") { By = Office.Actor("ana") }, "c1") with { Tenant = "nowhere" };
        await adapter.Get<CommandStage>().StageAsync(new StagedCommand(lost), None);
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync());

        adapter.Time.Advance(Day);
        await RunAsync();

        var settled = await adapter.Get<RequestTable>().SettledAsync("nowhere", "r9", "c1", None);
        Assert.Equal("INTERNAL_ERROR", settled!.Value.Receipt.Refusal!.Code);
        await RunAsync();

        Task<WorkDone> RunAsync() => adapter.Get<IRequestWorker>().RunAsync("nowhere", "r9", "c1", [], None);
    }

    [Fact]
    public async Task Run_aCommandThatIsNowhere_isOver()
    {
        await using var adapter = await StartedAsync();

        var done = await adapter.Get<IRequestWorker>().RunAsync(Office.Tenant, "r1", "nowhere", [], None);

        Assert.Equal((true, true), (done.Live, done.Dispatched));
    }

    [Fact]
    public async Task Due_failsForADay_isTriedOnceADay()
    {
        var operations = new Operations();
        await using var adapter = await StartedAsync(operations);
        var request = (await adapter.Requests.FindAsync(Office.Tenant, "r1", None))!.State;
        adapter.Time.Advance(Schedule.Next(request)!.Value.At - adapter.Time.GetUtcNow());
        operations.Fails = sent => sent.Method == RequestMethod.Post;
        await Assert.ThrowsAnyAsync<Exception>(DueAsync);

        adapter.Time.Advance(Day);

        Assert.Equal(new WorkDone(Live: true, adapter.Time.GetUtcNow() + Day, Dispatched: true), await DueAsync());
        operations.Fails = _ => false;
        await DueAsync();
        Assert.NotEqual(Schedule.Next(request), Schedule.Next((await adapter.Requests.FindAsync(Office.Tenant, "r1", None))!.State));

        Task<WorkDone> DueAsync() => adapter.Get<IRequestWorker>().RunAsync(Office.Tenant, "r1", null, [], None);
    }

    [Fact]
    public async Task Look_atTheLogOfEventsFails_isToldAndTriedAfterTwiceAsLong()
    {
        var (time, operations, lines) = (new ManualTime(), new Operations(), new Lines());
        var table = await azurite.TableAsync();
        using var log = new EventsLog(azurite.Open(table.Name, operations), time, lines);
        var waiting = log.WaitAsync(0, None).AsTask();
        operations.Fails = _ => true;

        await AdvanceAsync(1);
        Assert.Equal(1, lines.Count);
        operations.Forget();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(operations.All);
        await AdvanceAsync(1);
        Assert.Equal(2, lines.Count);

        using var other = new EventsLog(azurite.Open(table.Name), time, new Lines());
        await other.AppendAsync([new OutboxEvent { Id = "e1", Type = "approval.requested", Tenant = "t", RequestId = "r1", Time = time.GetUtcNow(), Body = new byte[1] }]);
        operations.Fails = _ => false;
        time.Advance(TimeSpan.FromSeconds(4));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));

        // Until the next look is set.
        async Task AdvanceAsync(int seconds)
        {
            var set = time.TimerSetAsync();
            time.Advance(TimeSpan.FromSeconds(seconds));
            await set.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private async Task<TablesAdapter> StartedAsync(Operations? operations = null)
    {
        var adapter = await TablesAdapter.OpenAsync(azurite, operations);
        await adapter.SeedAsync(Office.Directory);
        await adapter.Engine.StartAsync(Office.Request("r1", adapter.Time.GetUtcNow()), None);
        return adapter;
    }

    private sealed class Lines : ILogger<EventsLog>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
