using Approvals.Audit;
using Approvals.Chains;
using Approvals.Requests;

namespace Approvals.Conformance;

/// <summary>One request answers for a business key.</summary>
public abstract class BusinessKeyConformance : ConformanceTest
{
    [Fact]
    public async Task Start_sameKey_findsTheOpenRequestAndAuditsTheAttempt()
    {
        await StartAsync(Keyed("r1"));
        var second = await On.Engine.StartAsync(Keyed("r2") with { Attempt = Office.Entry(Now) }, None);

        Assert.False(second.Created);
        Assert.Equal("r1", second.Request!.State.Id);
        Assert.Null(await On.Requests.FindAsync(Office.Tenant, "r2", None));
        var history = await AllAsync(page => On.Requests.HistoryAsync(Office.Tenant, "r1", page, None), 200);
        Assert.Equal((AuditAction.GateChecked, "r1"), (AuditFields.Read(history[^1]).Action, AuditFields.Read(history[^1]).RequestId));
        Assert.Equal(second.Request.Head.Sequence, history[^1].Sequence);
    }

    [Fact]
    public async Task Start_hundredAtOnce_createOne()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => On.Engine.StartAsync(Keyed($"r{i}"), None).AsTask()));

        var created = Assert.Single(results, result => result.Created);
        Assert.All(results, result => Assert.Equal(created.Request!.State.Id, result.Request!.State.Id));
    }

    [Fact]
    public async Task Start_afterApproval_findsTheGrantUntilItIsClaimed()
    {
        var approved = await ApprovedAsync(Keyed("r1"));
        Assert.Equal("r1", (await StartAsync(Keyed("r2"))).State.Id);

        var rita = Office.Actor("rita", Actors.ActorType.Human, "requester");
        await SendAsync("r1", new Command.ClaimGrant(approved.State.PayloadHash, "x1") { By = rita });
        Assert.Equal("r3", (await StartAsync(Keyed("r3"))).State.Id);
    }

    [Fact]
    public async Task Start_afterTheGrantExpired_createsAnother()
    {
        await ApprovedAsync(Keyed("r1"));
        On.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal("r2", (await StartAsync(Keyed("r2"))).State.Id);
        Assert.Equal("r2", (await StartAsync(Keyed("r3"))).State.Id);
    }

    [Fact]
    public async Task Start_afterRejection_findsItUnlessReopened()
    {
        await StartAsync(Keyed("r1"));
        await SendAsync("r1", Office.Reject("ana"));

        Assert.Equal("r1", (await StartAsync(Keyed("r2"))).State.Id);
        Assert.Equal("r3", (await StartAsync(Keyed("r3") with { Reopen = true })).State.Id);
        Assert.Equal("r3", (await StartAsync(Keyed("r4"))).State.Id);
    }

    [Fact]
    public async Task Start_afterWithdrawal_createsAnother()
    {
        await StartAsync(Keyed("r1"));
        await SendAsync("r1", new Command.Withdraw { By = Office.Actor("rita", Actors.ActorType.Human, "requester") });

        Assert.Equal("r2", (await StartAsync(Keyed("r2"))).State.Id);
    }

    [Fact]
    public async Task Start_sameKeyInAnotherTenant_isAnother()
    {
        await StartAsync(Keyed("r1"));
        var other = await StartAsync(Office.Request("r2", Now, Office.Neighbour, businessKey: "k1"));

        Assert.Equal(("r2", RequestStatus.InReview), (other.State.Id, other.State.Status));
    }

    private StartRequest Keyed(string id) => Office.Request(id, Now, businessKey: "k1");
}
