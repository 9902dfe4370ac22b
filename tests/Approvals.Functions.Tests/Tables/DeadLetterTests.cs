using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Outbox;
using static Approvals.Functions.Tests.Tables.Deliveries;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What was given up, and what is brought back of it.</summary>
public sealed class DeadLetterTests(AzuriteFixture azurite) : ConsumerTest(azurite)
{
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
}
