using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Delegations;
using Approvals.Requests;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>Commands are prepared before the writer's turn; what has changed until then counts.</summary>
public sealed class PreparationTests
{
    [Fact]
    public async Task Send_bothPreparedWhilePending_secondIsDecidedAnew()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now, levels: Office.Level("Manager", "ana", "cleo")));

        var (approved, rejected) = await HeldUpAsync(
            storage, () => storage.SendAsync("r1", Office.Approve("ana")), () => storage.SendAsync("r1", Office.Reject("cleo")));

        Assert.Null(approved.Receipt!.Refusal);
        Assert.Equal(RefusalCode.AlreadyDecided, rejected.Receipt!.Refusal?.Code);
        Assert.Equal(RequestStatus.Approved, (await storage.FindAsync("r1")).State.Status);
        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    [Fact]
    public async Task Send_entryAppendedMeanwhile_followsItInTheChain()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));

        var (_, sent) = await HeldUpAsync(
            storage,
            () => storage.On.Engine.RecordAsync([Office.Entry(storage.Now, requestId: "r1")], default).AsTask().ContinueWith(_ => true, TaskScheduler.Default),
            () => storage.SendAsync("r1", Office.Approve("ana")));

        Assert.Null(sent.Receipt!.Refusal);
        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    [Fact]
    public async Task Send_directoryChangedMeanwhile_nextLevelAsksWhoIsThereNow()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        var cleo = Office.Directory[0].People.First(person => person.Id == "cleo");

        var (_, sent) = await HeldUpAsync(
            storage,
            () => storage.On.Directory.ChangeAsync(Office.Tenant, cleo, cleo with { AwayFrom = storage.Now, AwayUntil = storage.Now.AddDays(1), Substitute = "dan" }, [], [], default).AsTask(),
            () => storage.SendAsync("r1", Office.Approve("ana")));

        var level = sent.Request!.State.Levels[1];
        Assert.Equal("dan", Assert.Single(level.Groups[0].Approvers).Shown);
    }

    [Fact]
    public async Task Send_delegationEndedMeanwhile_delegateDecidesNothing()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        var lent = new Delegation
        {
            Id = "d1",
            Delegator = "ana",
            Delegate = "dan",
            From = storage.Now,
            Until = storage.Now.AddDays(1),
            CreatedAt = storage.Now,
            CreatedBy = "ana",
        };
        await storage.On.Delegations.SaveAsync(Office.Tenant, lent, [], [], default);

        var (_, sent) = await HeldUpAsync(
            storage,
            () => storage.On.Delegations.SaveAsync(Office.Tenant, lent with { EndedAt = storage.Now }, [], [], default).AsTask().ContinueWith(_ => true, TaskScheduler.Default),
            () => storage.SendAsync("r1", Office.Approve("dan") with { ActsFor = ["ana"] }));

        Assert.Equal(RefusalCode.NotAuthorized, sent.Receipt!.Refusal?.Code);
    }

    [Fact]
    public async Task Start_requestThatAnswersIsAtHand_isNotPrepared()
    {
        await using var storage = await Storage.OpenAsync();
        StartRequest Start(string id) => Office.Request(id, storage.Now, businessKey: "key", levels: Office.Level("Manager", "ana"));
        Assert.NotNull(storage.On.Preparation.Ahead(Start("r1")));
        await storage.StartAsync(Start("r1"));

        Assert.Null(storage.On.Preparation.Ahead(Start("r2")));
        Assert.NotNull(storage.On.Preparation.Ahead(Start("r2") with { Create = Office.Request("r2", storage.Now, businessKey: "other").Create }));
        Assert.Equal("r1", (await storage.StartAsync(Start("r2"))).State.Id);

        await storage.SendAsync("r1", Office.Reject("ana"));
        Assert.Null(storage.On.Preparation.Ahead(Start("r3")));
        Assert.NotNull(storage.On.Preparation.Ahead(Start("r3") with { Reopen = true }));
        Assert.Equal("r3", (await storage.StartAsync(Start("r3") with { Reopen = true })).State.Id);
        Assert.Null(storage.On.Preparation.Ahead(Start("r4")));
    }

    [Fact]
    public async Task Start_whatAnsweredEndsMeanwhile_isStartedAllTheSame()
    {
        await using var storage = await Storage.OpenAsync();
        var rita = Office.Actor("rita", Actors.ActorType.Human, Actors.Roles.Requester);
        await storage.StartAsync(Office.Request("r1", storage.Now, businessKey: "key"));

        var (_, started) = await HeldUpAsync(
            storage,
            () => storage.SendAsync("r1", new Command.Withdraw(null) { By = rita }),
            () => storage.StartAsync(Office.Request("r2", storage.Now, businessKey: "key")));

        Assert.Equal("r2", started.State.Id);
        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    /// <summary>Sends both while the writer is held up: both are prepared on what was before either.</summary>
    private static async Task<(T First, TOther Second)> HeldUpAsync<T, TOther>(Storage storage, Func<Task<T>> first, Func<Task<TOther>> second)
    {
        using var gate = new ManualResetEventSlim();
        var blocked = storage.On.Writer.RunAsync(
            _ =>
            {
                gate.Wait();
                return true;
            },
            default).AsTask();
        var one = first();
        var other = second();
        gate.Set();
        await blocked;
        return (await one, await other);
    }
}
