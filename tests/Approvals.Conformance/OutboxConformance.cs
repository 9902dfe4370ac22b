using Approvals.Outbox;

namespace Approvals.Conformance;

/// <summary>What transitions left in the outbox.</summary>
public abstract class OutboxConformance : ConformanceTest
{
    [Fact]
    public async Task Read_after_goesOn()
    {
        await EventsAsync(5);
        var all = await On.Outbox.ReadAsync(0, 100, None);

        Assert.Equal(5, all.Length);
        Assert.Equal(all[..2].Select(Id), (await On.Outbox.ReadAsync(0, 2, None)).Select(Id));
        Assert.Equal(all[2..].Select(Id), (await On.Outbox.ReadAsync(all[1].Position, 100, None)).Select(Id));
        Assert.Empty(await On.Outbox.ReadAsync(all[^1].Position, 100, None));

        var second = all[1];
        await On.Outbox.AdvanceAsync("hook", all[^1].Position, [ConsumerConformance.Waiting(second.Event.Id, second.Event.RequestId, second.Position, Now)], None);
        var found = await On.Outbox.FindAsync(second.Event.Id, None);
        Assert.Equal((second.Position, second.Event.Type), (found!.Position, found.Event.Type));
        Assert.Null(await On.Outbox.FindAsync("nothing", None));
    }

    [Fact]
    public async Task Read_ofATenant_hasNothingOfOthers()
    {
        for (var i = 0; i < 4; i++)
        {
            await StartAsync(Office.Request($"r{i}", Now));
            await StartAsync(Office.Request($"n{i}", Now, Office.Neighbour));
        }

        await On.SettledAsync();
        var all = await On.Outbox.ReadAsync(0, 100, None);
        var own = all.Where(record => record.Event.Tenant == Office.Tenant).ToList();
        var head = await On.Outbox.HeadAsync(None);
        Assert.Equal(own.Select(Id), (await On.Outbox.ReadAsync(Office.Tenant, 0, head, 100, None)).Select(Id));
        Assert.Equal(own[..2].Select(Id), (await On.Outbox.ReadAsync(Office.Tenant, 0, head, 2, None)).Select(Id));
        Assert.Equal([own[1].Event.Id], (await On.Outbox.ReadAsync(Office.Tenant, own[0].Position, own[1].Position, 100, None)).Select(Id));
        Assert.Empty(await On.Outbox.ReadAsync("nobody", 0, head, 100, None));
    }

    [Fact]
    public async Task Wait_completes_withTheNextEvent()
    {
        await EventsAsync(1);
        await On.Outbox.WaitAsync(0, None);
        var waiting = On.Outbox.WaitAsync(await On.Outbox.HeadAsync(None), None).AsTask();
        Assert.False(waiting.IsCompleted);

        await StartAsync(Office.Request("next", Now));
        await waiting;
    }

    [Fact]
    public async Task Wait_cancelled_ends()
    {
        using var stop = new CancellationTokenSource();
        var waiting = On.Outbox.WaitAsync(0, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static string Id(OutboxRecord record) => record.Event.Id;

    private async Task EventsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await StartAsync(Office.Request($"r{i}", Now));
        }

        await On.SettledAsync();
    }
}
