using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Outbox;
using static Approvals.Functions.Tests.Tables.Deliveries;

namespace Approvals.Functions.Tests.Tables;

/// <summary>Where a consumer stands: what is written of it, when, and by whom.</summary>
public sealed class ConsumerCursorTests(AzuriteFixture azurite) : ConsumerTest(azurite)
{
    [Fact]
    public async Task Advance_nothingPostponed_isWrittenOnceASecond()
    {
        await using var consumers = Open();
        Assert.Null(await consumers.CursorAsync(Hook, None));
        await consumers.AdvanceAsync(Hook, 0, [], None);
        Assert.Equal(0, await Open().CursorAsync(Hook, None));

        Operations.Forget();
        for (var position = 1; position <= 50; position++)
        {
            await consumers.AdvanceAsync(Hook, position, [], None);
            Assert.Equal(position, await consumers.CursorAsync(Hook, None));
            Assert.Empty(await consumers.BlockedAsync(Hook, ["r1"], None));
            Assert.Empty(await consumers.DueAsync(Hook, Now, 10, None));
            Assert.Null(await consumers.NextDueAsync(Hook, None));
        }

        Assert.Empty(Operations.All);
        Time.Advance(Consumers.WriteEvery);
        await consumers.WriteAsync();
        Assert.Single(Operations.All);
        Time.Advance(TimeSpan.FromMinutes(1));
        await consumers.WriteAsync();
        Assert.Single(Operations.All);
        Assert.Equal(50, await Open().CursorAsync(Hook, None));
    }

    [Fact]
    public async Task Dispose_writesWhatIsOnlyInMemory()
    {
        await using (var consumers = Open())
        {
            await consumers.AdvanceAsync(Hook, 1, [], None);
            await consumers.AdvanceAsync(Hook, 2, [], None);
            Assert.Equal(1, await Open().CursorAsync(Hook, None));
        }

        Assert.Equal(2, await Open().CursorAsync(Hook, None));
    }

    [Fact]
    public async Task Advance_anotherCarriesIt_isRefusedAndWritesNothing()
    {
        var (first, second) = (Open(), Open());
        await first.AdvanceAsync(Hook, 5, [], None);
        Assert.Equal(5, await second.CursorAsync(Hook, None));
        await second.AdvanceAsync(Hook, 9, [Waiting(9, Now)], None);

        await Assert.ThrowsAsync<ConsumerTakenException>(async () => await first.AdvanceAsync(Hook, 7, [Waiting(7, Now)], None));
        await first.DisposeAsync();
        Assert.Equal(9, await Open().CursorAsync(Hook, None));
        Assert.Equal<Delivery>([Waiting(9, Now)], await Open().DueAsync(Hook, Now, 10, None));
    }

    [Fact]
    public async Task Advance_anotherCameSinceTheCursorWasRead_isRefused()
    {
        var (first, second) = (Open(), Open());
        await second.AdvanceAsync(Hook, 1, [], None);
        Assert.Equal(1, await first.CursorAsync(Hook, None));
        await second.AdvanceAsync(Hook, 9, [Waiting(9, Now)], None);

        await Assert.ThrowsAsync<ConsumerTakenException>(async () => await first.AdvanceAsync(Hook, 2, [Waiting(2, Now)], None));
        Assert.Equal(9, await Open().CursorAsync(Hook, None));
    }

    [Fact]
    public async Task Release_readsAnewWhatOthersDidMeanwhile()
    {
        await using var consumers = Open();
        await consumers.AdvanceAsync(Hook, 1, [Waiting(1, Now)], None);
        await consumers.ReleaseAsync();
        await Open().AdvanceAsync(Hook, 2, [Waiting(2, Now)], None);

        Assert.Equal(2, await consumers.CursorAsync(Hook, None));
        Assert.Equal<Delivery>([Waiting(1, Now), Waiting(2, Now)], await consumers.DueAsync(Hook, Now, 10, None));
        await consumers.AdvanceAsync(Hook, 3, [], None);
    }

    [Fact]
    public async Task NoCall_readsMoreThanOnePartition()
    {
        var consumers = Open();
        await consumers.AdvanceAsync(Hook, 3, [Waiting(1, Now), Waiting(2, Now) with { Status = DeliveryStatus.Dead }], None);
        var after = Open();
        await after.CursorAsync(Hook, None);
        await after.DueAsync(Hook, Now, 10, None);
        await after.DeadLettersAsync(Tenant, new PageRequest(), None);
        await after.FindDeliveryAsync(Tenant, "e1.hook", None);

        Assert.All(
            Operations.All.Where(operation => operation.StartsWith("GET", StringComparison.Ordinal)),
            operation => Assert.Contains("PartitionKey", Uri.UnescapeDataString(operation), StringComparison.Ordinal));
    }
}
