using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Functions.Tests.Tables;

public sealed class LeaseHoldingTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Run_renewedInTime_worksOn_andLetsGoWhenStopped()
    {
        var (time, work) = (new WatchedTime(Time), new Work());
        var running = Holding(time).RunAsync(work.RunAsync, _stop.Token);
        for (var i = 0; i < 10; i++)
        {
            await time.WaitBeganAsync(LeaseHolding.Every);
            Time.Advance(LeaseHolding.Every);
        }

        await time.WaitBeganAsync(LeaseHolding.Every);
        Assert.False(work.Ended.IsCompleted);
        Assert.False(await Other().TryHoldAsync(None));

        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
        await work.Ended;
        Assert.True(await Other().TryHoldAsync(None));
    }

    [Fact]
    public async Task Run_storageGone_stopsBeforeAnotherMayBegin()
    {
        var (time, work) = (new WatchedTime(Time), new Work());
        var running = Holding(time).RunAsync(work.RunAsync, _stop.Token);
        await time.WaitBeganAsync(LeaseHolding.Every);
        Operations.Fails = _ => true;

        Time.Advance(Lease.Usable - TimeSpan.FromSeconds(1));
        Assert.False(work.Ended.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(1));
        await work.Ended.WaitAsync(Patience);

        Operations.Fails = _ => false;
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Run_anotherTookIt_stopsAtTheNextRenewal()
    {
        var (time, work) = (new WatchedTime(Time), new Work());
        var running = Holding(time).RunAsync(work.RunAsync, _stop.Token);
        await time.WaitBeganAsync(LeaseHolding.Every);
        var ahead = new ManualTime(Time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.True(await new Lease(Table, "outbox", ahead).TryHoldAsync(None));

        Time.Advance(LeaseHolding.Every);
        await work.Ended.WaitAsync(Patience);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Run_heldByAnother_beginsOnceThatLetsGo()
    {
        var (time, work, other) = (new WatchedTime(Time), new Work(), Other());
        Assert.True(await other.TryHoldAsync(None));
        var running = Holding(time).RunAsync(work.RunAsync, _stop.Token);
        await time.WaitBeganAsync(LeaseHolding.Every);
        Assert.False(work.Began.IsCompleted);

        await other.ReleaseAsync(None);
        Time.Advance(LeaseHolding.Every);
        await work.Began.WaitAsync(Patience);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Run_storageGoneFromTheStart_doesNotBegin()
    {
        var (time, work) = (new WatchedTime(Time), new Work());
        Operations.Fails = _ => true;
        var running = Holding(time).RunAsync(work.RunAsync, _stop.Token);
        await time.WaitBeganAsync(LeaseHolding.Every);
        Assert.False(work.Began.IsCompleted);

        Operations.Fails = _ => false;
        Time.Advance(LeaseHolding.Every);
        await work.Began.WaitAsync(Patience);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Run_workFails_letsGoAndBeginsAnew()
    {
        var (time, begun) = (new WatchedTime(Time), 0);
        var running = Holding(time).RunAsync(
            _ => Interlocked.Increment(ref begun) == 1 ? throw new InvalidOperationException("Once.") : Task.Delay(Timeout.Infinite, _), _stop.Token);
        await time.WaitBeganAsync(LeaseHolding.Every);
        Assert.Equal(1, begun);

        Time.Advance(LeaseHolding.Every);
        await time.WaitBeganAsync(LeaseHolding.Every);
        Assert.Equal(2, begun);
        await _stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    private LeaseHolding Holding(TimeProvider time) => new(new Lease(Table, "outbox", time), time, NullLogger<LeaseHolding>.Instance);

    private Lease Other() => new(Table, "outbox", Time);

    /// <summary>Works until it is told to end.</summary>
    private sealed class Work
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Began => _began.Task;

        public Task Ended => _ended.Task;

        public async Task RunAsync(CancellationToken cancellation)
        {
            _began.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _ended.SetResult();
        }
    }
}
