using Approvals.Outbox;

namespace Approvals.Conformance;

/// <summary>Where the outbox's consumers stand, and what they postpone.</summary>
public abstract class ConsumerConformance : ConformanceTest
{
    [Fact]
    public async Task Cursor_ofANewConsumer_isNull()
    {
        Assert.Null(await On.Outbox.CursorAsync("new", None));
        await On.Outbox.AdvanceAsync("new", 0, [], None);
        Assert.Equal(0, await On.Outbox.CursorAsync("new", None));
        await On.Outbox.AdvanceAsync("new", 3, [], None);
        Assert.Equal(3, await On.Outbox.CursorAsync("new", None));
        Assert.Null(await On.Outbox.CursorAsync("other", None));
    }

    [Fact]
    public async Task Due_givesTheFirstOfEachRequest()
    {
        await On.Outbox.AdvanceAsync(
            "hook",
            9,
            [Waiting("e1", "r1", 1, Now.AddSeconds(4)), Waiting("e2", "r1", 2, Now), Waiting("e3", "r2", 3, Now), Waiting("e4", "r1", 4, Now, consumer: "else")],
            None);

        Assert.Equal(["e3"], await DueAsync(Now));
        Assert.Equal(["e3", "e1"], await DueAsync(Now.AddSeconds(5)));
        Assert.Equal(Now, await On.Outbox.NextDueAsync("hook", None));
        Assert.Equal(["r1", "r2"], (await On.Outbox.BlockedAsync("hook", ["r1", "r2", "r3"], None)).Order());

        await On.Outbox.SaveAsync(Waiting("e3", "r2", 3, Now) with { Status = DeliveryStatus.Delivered }, None);
        Assert.Equal(Now.AddSeconds(4), await On.Outbox.NextDueAsync("hook", None));
        await On.Outbox.SaveAsync(Waiting("e1", "r1", 1, Now) with { Status = DeliveryStatus.Delivered }, None);
        Assert.Equal(["e2"], await DueAsync(Now));
        await On.Outbox.SaveAsync(Waiting("e2", "r1", 2, Now) with { Status = DeliveryStatus.Dead }, None);
        Assert.Empty(await DueAsync(Now.AddDays(1)));
        Assert.Null(await On.Outbox.NextDueAsync("hook", None));
        Assert.Empty(await On.Outbox.BlockedAsync("hook", ["r1", "r2"], None));
    }

    [Fact]
    public async Task Save_again_replaces()
    {
        var first = Waiting("e1", "r1", 1, Now);
        await On.Outbox.SaveAsync(first, None);
        await On.Outbox.SaveAsync(first with { Attempts = 2, NextAt = Now.AddMinutes(1), LastError = "500" }, None);

        Assert.Equal(first with { Attempts = 2, NextAt = Now.AddMinutes(1), LastError = "500" }, await On.Outbox.FindDeliveryAsync(Office.Tenant, first.Id, None));
        Assert.Null(await On.Outbox.FindDeliveryAsync(Office.Neighbour, first.Id, None));
    }

    [Fact]
    public async Task DeadLetters_pageThroughTheTenantsOwn()
    {
        for (var i = 1; i <= 7; i++)
        {
            await On.Outbox.SaveAsync(Waiting($"e{i}", "r1", i, Now) with { Status = DeliveryStatus.Dead }, None);
        }

        await On.Outbox.SaveAsync(Waiting("e8", "r1", 8, Now), None);
        await On.Outbox.SaveAsync(Waiting("e9", "r1", 9, Now) with { Status = DeliveryStatus.Dead, Tenant = Office.Neighbour }, None);

        var dead = await AllAsync(page => On.Outbox.DeadLettersAsync(Office.Tenant, page, None), 3);
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"e{i}").Order(), dead.Select(delivery => delivery.EventId).Order());
    }

    internal static Delivery Waiting(string eventId, string request, long position, DateTimeOffset next, string consumer = "hook") => new()
    {
        Id = Delivery.IdOf(eventId, consumer),
        Consumer = consumer,
        Tenant = Office.Tenant,
        RequestId = request,
        EventId = eventId,
        EventType = EventType.Requested,
        Position = position,
        Status = DeliveryStatus.Waiting,
        Attempts = 1,
        FirstAt = next,
        NextAt = next,
    };

    private async Task<List<string>> DueAsync(DateTimeOffset now) =>
        [.. (await On.Outbox.DueAsync("hook", now, 10, None)).Select(delivery => delivery.EventId)];
}
