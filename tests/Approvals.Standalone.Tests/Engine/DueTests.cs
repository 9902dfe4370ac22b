using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Conformance;
using Approvals.Delegations;
using Approvals.Outbox;
using Approvals.Standalone.Due;
using Approvals.Standalone.Sqlite.Requests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>What time does by itself, with and without a restart in between.</summary>
public sealed class DueTests
{
    private static readonly LevelDefinition Level = Office.Level("Manager", "ana") with
    {
        RespondWithin = TimeSpan.FromHours(8),
        RemindAfter = [TimeSpan.FromHours(4)],
        OnTimeout = TimeoutAction.Expire,
    };

    [Fact]
    public async Task Due_remindsAndExpires_whenItsTimeComes()
    {
        await using var storage = await Storage.OpenAsync();
        using var loop = storage.DueLoop();
        await loop.StartAsync(default);
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));

        await AdvanceAsync(storage, 1, TimeSpan.FromHours(4));
        Assert.Equal(AuditAction.Reminded, (await HistoryAsync(storage))[^1]);
        await AdvanceAsync(storage, 2, TimeSpan.FromHours(4));
        Assert.Equal(RequestStatus.Expired, (await storage.FindAsync("r1")).State.Status);
        await loop.StopAsync(default);
    }

    [Fact]
    public async Task Due_whileTheServiceWasDown_isDoneAtStart()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));
        await storage.ReopenAsync();
        storage.Time.Advance(TimeSpan.FromHours(9));

        using var loop = storage.DueLoop();
        await loop.StartAsync(default);
        await ChangedAsync(storage, 2);
        await loop.StopAsync(default);
        Assert.Equal(RequestStatus.Expired, (await storage.FindAsync("r1")).State.Status);
        Assert.Single(await HistoryAsync(storage), AuditAction.Expired);
    }

    [Fact]
    public async Task Due_afterTheClockWasPutForward_isDoneWithinAMinute()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));
        using var loop = storage.DueLoop();
        var rests = storage.Time.TimerSetAsync();
        await loop.StartAsync(default);
        await rests;

        storage.Time.PutForward(TimeSpan.FromHours(8));
        await AdvanceAsync(storage, 2, TimeSpan.FromMinutes(1));
        Assert.Equal(RequestStatus.Expired, (await storage.FindAsync("r1")).State.Status);
        await loop.StopAsync(default);
    }

    [Fact]
    public async Task Due_twiceAtOnce_happensOnce()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));
        storage.Time.Advance(TimeSpan.FromHours(5));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => storage.On.Engine.RunDueAsync(1, default).AsTask()));

        Assert.Single(await HistoryAsync(storage), AuditAction.Reminded);
        Assert.Equal(2, (await storage.FindAsync("r1")).State.Version);
    }

    [Fact]
    public async Task Due_answered_isNoLonger()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));
        await storage.SendAsync("r1", Office.Approve("ana"));

        Assert.Null(await storage.On.Readers.ReadAsync(DueTable.First, default));
    }

    [Fact]
    public async Task Due_thatFails_isPutOffTwiceAsLongEachTime()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: [Level]));
        storage.Time.Advance(TimeSpan.FromHours(4));
        foreach (var hours in new[] { 1, 2, 4 })
        {
            await storage.On.Engine.PutOffAsync(1, default);
            Assert.Equal(storage.Now.AddHours(hours).UtcTicks, await storage.On.Readers.ReadAsync(DueTable.First, default));
            storage.Time.Advance(TimeSpan.FromHours(hours));
        }
    }

    [Fact]
    public async Task Delegation_endsByItself_once()
    {
        await using var storage = await Storage.OpenAsync();
        using var loop = storage.DueLoop();
        await loop.StartAsync(default);
        await storage.On.Delegations.SaveAsync(Office.Tenant, Lent(storage.Now), [], [], default);
        var head = await storage.On.Outbox.HeadAsync(default);
        storage.Time.Advance(TimeSpan.FromDays(2));
        await storage.On.Outbox.WaitAsync(head, default);
        await storage.On.Engine.TurnDelegationAsync(Office.Tenant, "d1", default);
        await loop.StopAsync(default);

        var ended = (await storage.On.Outbox.ReadAsync(0, 10, default)).Single();
        Assert.Equal((EventType.DelegationChanged, "d1"), (ended.Event.Type, ended.Event.RequestId));
        Assert.Empty((await storage.On.Catalog.FindAsync(Office.Tenant, default))!.Delegations.All);
        Assert.NotNull(await storage.On.Delegations.FindAsync(Office.Tenant, "d1", default));
        Assert.Equal([AuditAction.DelegationEnded], await TrailAsync(storage));
    }

    [Fact]
    public async Task Delegation_madeForLater_begins_once()
    {
        await using var storage = await Storage.OpenAsync();
        using var loop = storage.DueLoop();
        await loop.StartAsync(default);
        await storage.On.Delegations.SaveAsync(Office.Tenant, Lent(storage.Now) with { From = storage.Now.AddHours(2) }, [], [], default);
        var head = await storage.On.Outbox.HeadAsync(default);
        storage.Time.Advance(TimeSpan.FromHours(2));
        await storage.On.Outbox.WaitAsync(head, default);
        await storage.On.Engine.TurnDelegationAsync(Office.Tenant, "d1", default);
        Assert.Equal([AuditAction.DelegationStarted], await TrailAsync(storage));
        Assert.Equal(storage.Now, (await storage.On.Delegations.FindAsync(Office.Tenant, "d1", default))!.BeganAt);

        head = await storage.On.Outbox.HeadAsync(default);
        storage.Time.Advance(TimeSpan.FromDays(1));
        await storage.On.Outbox.WaitAsync(head, default);
        await loop.StopAsync(default);
        Assert.Equal([AuditAction.DelegationEnded, AuditAction.DelegationStarted], await TrailAsync(storage));
        Assert.Equal(2, (await storage.On.Outbox.ReadAsync(0, 10, default)).Length);
    }

    [Fact]
    public async Task Upkeep_dropsEventsThatEverybodyPassed_butNotTheLast()
    {
        await using var storage = await Storage.OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            await storage.StartAsync(Office.Request($"r{i}", storage.Now));
        }

        var events = await storage.On.Outbox.ReadAsync(0, 10, default);
        await storage.On.Outbox.AdvanceAsync("fast", events[^1].Position, [], default);
        await storage.On.Outbox.AdvanceAsync("slow", events[2].Position, [Dead(events[1])], default);
        using var upkeep = new Upkeep(storage.On.Writer, storage.Time, NullLogger<Upkeep>.Instance);
        await upkeep.RunAsync(default);
        Assert.Equal(5, (await storage.On.Outbox.ReadAsync(0, 10, default)).Length);

        storage.Time.Advance(TimeSpan.FromDays(8));
        await upkeep.RunAsync(default);
        Assert.Equal([events[1].Position, events[3].Position, events[4].Position], await PositionsAsync(storage));

        await storage.On.Outbox.AdvanceAsync("slow", events[4].Position, [], default);
        await upkeep.RunAsync(default);
        Assert.Equal([events[1].Position, events[4].Position], await PositionsAsync(storage));
        await storage.ReopenAsync();
        await storage.StartAsync(Office.Request("next", storage.Now));
        Assert.Equal(events[4].Position + 1, await storage.On.Outbox.HeadAsync(default));
    }

    /// <summary>Newest first.</summary>
    private static async Task<IEnumerable<string>> TrailAsync(Storage storage) =>
        (await storage.On.Audit.QueryAsync(new AuditQuery { Tenant = Office.Tenant }, new PageRequest(), default)).Items.Select(entry => AuditFields.Read(entry).Action);

    private static Delegation Lent(DateTimeOffset now) => new()
    {
        Id = "d1",
        Delegator = "ana",
        Delegate = "dan",
        From = now,
        Until = now.AddDays(1),
        CreatedAt = now,
        CreatedBy = "ana",
    };

    private static Outbox.Delivery Dead(OutboxRecord record) => new()
    {
        Id = "x",
        Consumer = "slow",
        Tenant = Office.Tenant,
        RequestId = record.Event.RequestId,
        EventId = record.Event.Id,
        EventType = record.Event.Type,
        Position = record.Position,
        Status = DeliveryStatus.Dead,
        FirstAt = record.Event.Time,
    };

    private static async Task<IEnumerable<long>> PositionsAsync(Storage storage) =>
        (await storage.On.Outbox.ReadAsync(0, 10, default)).Select(record => record.Position);

    /// <summary>Moves time on once the loop rests, and waits for what it does.</summary>
    private static async Task AdvanceAsync(Storage storage, long version, TimeSpan by)
    {
        var changed = ChangedAsync(storage, version);
        storage.Time.Advance(by);
        await changed;
    }

    private static async Task ChangedAsync(Storage storage, long version) =>
        await storage.On.Requests.WaitAsync(Office.Tenant, "r1", version, TimeSpan.FromDays(30), default);

    private static async Task<List<string>> HistoryAsync(Storage storage) =>
        [.. (await storage.On.Requests.HistoryAsync(Office.Tenant, "r1", new PageRequest(200), default)).Items.Select(entry => AuditFields.Read(entry).Action)];
}
