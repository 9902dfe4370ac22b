using System.Collections.Immutable;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Outbox;
using static Approvals.Functions.Tests.Tables.Deliveries;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What a consumer postpones: kept whole, also where its writing breaks off.</summary>
public sealed class PostponedDeliveryTests(AzuriteFixture azurite) : ConsumerTest(azurite)
{
    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    public async Task Advance_manyPostponed_keepsAllInAsFewTransactionsAsTheyNeed(int count, int transactions)
    {
        var consumers = Open();
        await consumers.AdvanceAsync(Hook, 0, [], None);
        Operations.Forget();
        await consumers.AdvanceAsync(Hook, count, Many(count), None);

        Assert.Equal(transactions, Operations.Count);
        var after = Open();
        Assert.Equal(count, await after.CursorAsync(Hook, None));
        Assert.Equal<Delivery>(Many(count), await after.DueAsync(Hook, Now, 1000, None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Advance_brokenOff_losesNothing(int transaction)
    {
        var consumers = Open();
        await consumers.AdvanceAsync(Hook, 0, [], None);
        await consumers.AdvanceAsync(Hook, 1, [], None);
        Operations.Forget();
        Operations.Fails = _ => Operations.Count >= transaction;
        await Assert.ThrowsAnyAsync<Exception>(async () => await consumers.AdvanceAsync(Hook, 250, Many(250), None));
        Operations.Fails = _ => false;

        // Neither the timer nor the end may move the cursor past what was not kept.
        await consumers.DisposeAsync();
        Assert.Equal(1, await Open().CursorAsync(Hook, None));
    }

    [Fact]
    public async Task Advance_brokenOff_holdsLaterEventsBack_andCanBeRepeated()
    {
        await using var consumers = Open();
        await consumers.AdvanceAsync(Hook, 0, [], None);
        Operations.Fails = _ => true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await consumers.AdvanceAsync(Hook, 1, [Waiting(1, Now)], None));
        Operations.Fails = _ => false;

        Assert.Equal(["r1"], await consumers.BlockedAsync(Hook, ["r1", "r2"], None));
        await consumers.AdvanceAsync(Hook, 2, [Waiting(1, Now), Waiting(2, Now, "r1")], None);
        Assert.Equal<Delivery>([Waiting(1, Now)], await consumers.DueAsync(Hook, Now, 10, None));
        Assert.Equal<Delivery>([Waiting(1, Now)], await Open().DueAsync(Hook, Now, 10, None));
    }

    [Fact]
    public async Task Advance_answerLost_isOurOwnWriteAndGoesOn()
    {
        var consumers = Open();
        await consumers.AdvanceAsync(Hook, 0, [], None);
        Operations.Forget();
        Operations.LosesAnswer = _ => Operations.Count == 1;
        await consumers.AdvanceAsync(Hook, 1, [Waiting(1, Now)], None);
        await consumers.AdvanceAsync(Hook, 2, [Waiting(2, Now)], None);

        Assert.Equal(2, await Open().CursorAsync(Hook, None));
        Assert.Equal(2, (await Open().DueAsync(Hook, Now, 10, None)).Length);
    }

    [Fact]
    public async Task Save_eachTryCostsOneOperation()
    {
        var consumers = Open();
        await consumers.AdvanceAsync(Hook, 1, [Waiting(1, Now)], None);
        Operations.Forget();
        await consumers.SaveAsync(Waiting(1, Now) with { Attempts = 1, NextAt = Now.AddSeconds(2) }, None);
        Assert.Single(Operations.All);
        await consumers.SaveAsync(Waiting(1, Now) with { Status = DeliveryStatus.Delivered }, None);
        Assert.Equal(2, Operations.Count);
        Assert.Null(await Open().NextDueAsync(Hook, None));
    }

    [Fact]
    public async Task HostileIds_areKeptApart()
    {
        var (all, position) = (ImmutableArray.CreateBuilder<Delivery>(), 0L);
        foreach (var id in Hostile.Ids)
        {
            all.Add(Waiting(++position, Now, id, $"{position}{id.Replace('.', '-')}", id, id));
        }

        await using var consumers = Open();
        foreach (var delivery in all)
        {
            await consumers.AdvanceAsync(delivery.Consumer, delivery.Position, [delivery], None);
        }

        var after = Open();
        foreach (var delivery in all)
        {
            Assert.Equal(delivery.Position, await after.CursorAsync(delivery.Consumer, None));
            Assert.Equal<Delivery>([delivery], await after.DueAsync(delivery.Consumer, Now, 10, None));
            Assert.Equal(delivery, await after.FindDeliveryAsync(delivery.Tenant, delivery.Id, None));
            Assert.Null(await after.FindDeliveryAsync(Tenant, delivery.Id, None));

            await after.SaveAsync(delivery with { Status = DeliveryStatus.Dead }, None);
            Assert.Equal(delivery.Id, Assert.Single((await after.DeadLettersAsync(delivery.Tenant, new PageRequest(1), None)).Items).Id);
        }
    }

    private ImmutableArray<Delivery> Many(int count) => [.. Enumerable.Range(1, count).Select(position => Waiting(position, Now))];
}
