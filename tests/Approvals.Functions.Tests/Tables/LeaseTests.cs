using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Tables;

public sealed class LeaseTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task TryHold_manyAtOnce_oneGetsIt()
    {
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Open().TryHoldAsync(None)));
        Assert.Single(got, held => held);
    }

    [Fact]
    public async Task TryHold_anothersThatIsOver_manyAtOnce_oneGetsIt()
    {
        Assert.True(await Open().TryHoldAsync(None));
        Time.Advance(Lease.Duration + Lease.Skew + Second);

        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Open().TryHoldAsync(None)));
        Assert.Single(got, held => held);
    }

    [Fact]
    public async Task TryHold_renewed_keepsOthersOut_andCostsOneOperation()
    {
        var (first, second) = (Open(), Open());
        Assert.True(await first.TryHoldAsync(None));
        for (var i = 0; i < 10; i++)
        {
            Time.Advance(LeaseHolding.Every);
            Operations.Forget();
            Assert.True(await first.TryHoldAsync(None));
            Assert.Single(Operations.All);
            Assert.False(await second.TryHoldAsync(None));
        }
    }

    [Fact]
    public async Task TryHold_afterTheTime_isAnothers_andTheFirstLearnsIt()
    {
        var (first, second) = (Open(), Open());
        Assert.True(await first.TryHoldAsync(None));
        Time.Advance(Lease.Duration + Lease.Skew);
        Assert.False(await second.TryHoldAsync(None));
        Time.Advance(Second);
        Assert.True(await second.TryHoldAsync(None));
        Assert.False(await first.TryHoldAsync(None));

        await first.ReleaseAsync(None);
        Assert.False(await first.TryHoldAsync(None));
        Assert.True(await second.TryHoldAsync(None));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task TryHold_clocksApart_anotherComesOnlyAfterTheFirstHasStopped(int seconds)
    {
        var ahead = TimeSpan.FromSeconds(seconds);
        var others = new ManualTime(Time.GetUtcNow() + ahead);
        var (first, second) = (Open(), new Lease(Table, "outbox", others));
        Assert.True(await first.TryHoldAsync(None));

        Time.Advance(Lease.Usable);
        others.Advance(Lease.Usable);
        Assert.False(await second.TryHoldAsync(None));
        others.Advance(Lease.Skew);
        Assert.False(await second.TryHoldAsync(None));
        others.Advance((Lease.Skew * 2) + Second);
        Assert.True(await second.TryHoldAsync(None));
    }

    [Fact]
    public async Task TryHold_answerLost_isHeld()
    {
        Operations.LosesAnswer = _ => Operations.Count == 1;
        var lease = Open();
        // The client tries again, finds a row, and takes it for another's until it is read: it is its own.
        Assert.True(await lease.TryHoldAsync(None) || await lease.TryHoldAsync(None));

        Time.Advance(LeaseHolding.Every);
        Operations.Forget();
        Assert.True(await lease.TryHoldAsync(None));
        Assert.False(await Open().TryHoldAsync(None));
    }

    [Fact]
    public async Task Release_letsAnotherInAtOnce()
    {
        var (first, second) = (Open(), Open());
        Assert.True(await first.TryHoldAsync(None));
        await second.ReleaseAsync(None);
        Assert.False(await second.TryHoldAsync(None));
        await first.ReleaseAsync(None);
        Assert.True(await second.TryHoldAsync(None));
        Assert.False(await first.TryHoldAsync(None));
    }

    [Fact]
    public async Task OtherNames_areOtherLeases()
    {
        foreach (var name in Hostile.Ids)
        {
            Assert.True(await new Lease(Table, name, Time).TryHoldAsync(None));
        }
    }

    private Lease Open() => new(Table, "outbox", Time);
}
