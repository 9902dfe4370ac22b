using System.Collections.Immutable;
using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Outbox;
using Microsoft.Extensions.Logging.Abstractions;
using static Approvals.Functions.Tests.Tables.Deliveries;

namespace Approvals.Functions.Tests.Tables;

public sealed class ConsumersTests(AzuriteFixture azurite) : TableTest(azurite)
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
    public async Task Save_broughtBackByAnotherProcess_isFoundByTheOneThatCarries()
    {
        var consumers = Open();
        await consumers.AdvanceAsync(Hook, 1, [Waiting(1, Now) with { Status = DeliveryStatus.Dead }], None);
        Assert.Empty(await consumers.DueAsync(Hook, Now, 10, None));

        var elsewhere = Open();
        Assert.Equal(DeliveryStatus.Dead, (await elsewhere.FindDeliveryAsync(Tenant, "e1.hook", None))!.Status);
        await elsewhere.SaveAsync(Waiting(1, Now), None);
        Assert.Empty((await elsewhere.DeadLettersAsync(Tenant, new PageRequest(), None)).Items);

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal<Delivery>([Waiting(1, Now.AddMinutes(-1))], await consumers.DueAsync(Hook, Now, 10, None));
        Assert.Equal(["r1"], await consumers.BlockedAsync(Hook, ["r1"], None));
        await consumers.SaveAsync(Waiting(1, Now) with { Status = DeliveryStatus.Delivered }, None);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await consumers.DueAsync(Hook, Now, 10, None));
        Assert.Empty(await Open().DueAsync(Hook, Now, 10, None));
    }

    [Fact]
    public async Task DeadLetters_areInOrderOfTheirEvents()
    {
        await using var consumers = Open();
        foreach (var position in new[] { 10, 2, 33, 1 })
        {
            await consumers.SaveAsync(Waiting(position, Now) with { Status = DeliveryStatus.Dead }, None);
        }

        var first = await consumers.DeadLettersAsync(Tenant, new PageRequest(3), None);
        var rest = await consumers.DeadLettersAsync(Tenant, new PageRequest(3, first.NextCursor), None);
        Assert.Equal([1, 2, 10, 33], first.Items.Concat(rest.Items).Select(delivery => delivery.Position));
        Assert.Null(rest.NextCursor);
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await consumers.DeadLettersAsync(Tenant, new PageRequest(3, "nonsense!"), None));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await consumers.DeadLettersAsync(Tenant, new PageRequest(3, "Jw"), None));
    }

    [Fact]
    public async Task DeadLetters_twoOfOneEvent_areBothKept()
    {
        await using var consumers = Open();
        await consumers.SaveAsync(Waiting(1, Now) with { Status = DeliveryStatus.Dead }, None);
        await consumers.SaveAsync(Waiting(1, Now, consumer: "mail") with { Status = DeliveryStatus.Dead }, None);

        Assert.Equal([Hook, "mail"], (await consumers.DeadLettersAsync(Tenant, new PageRequest(), None)).Items.Select(delivery => delivery.Consumer));
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

    private ImmutableArray<Delivery> Many(int count) => [.. Enumerable.Range(1, count).Select(position => Waiting(position, Now))];

    private Consumers Open() => new(Table, Time, NullLogger<Consumers>.Instance);
}
