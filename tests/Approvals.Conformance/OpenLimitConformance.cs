using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Requests;

namespace Approvals.Conformance;

/// <summary>An agent has a bounded number of open requests for an action type.</summary>
public abstract class OpenLimitConformance : ConformanceTest
{
    private static int Most => OpenLimit.Default.Most;

    [Fact]
    public async Task Start_beyondTheLimit_isRefusedAndRecorded()
    {
        await FillAsync();
        var refused = await On.Engine.StartAsync(Of("more") with { Attempt = Office.Entry(Now) }, None);

        Assert.Equal((null, RefusalCode.TooManyOpen), (refused.Request, refused.Refusal?.Code));
        Assert.Null(await On.Requests.FindAsync(Office.Tenant, "more", None));
        await On.SettledAsync();
        var trail = await On.Audit.QueryAsync(new AuditQuery { Tenant = Office.Tenant, Actor = "bot" }, new PageRequest(10), None);
        var entries = trail.Items.Select(AuditFields.Read).Where(entry => entry.Chain == AuditChain.TenantChain).ToList();
        Assert.Contains(entries, entry => entry.Action == AuditAction.GateChecked);
        Assert.Contains(entries, entry => (entry.Outcome, entry.Code) == ("refused", RefusalCode.TooManyOpen));
    }

    [Fact]
    public async Task Start_ofOthers_isNotHeldUpByOneWhoIsAtTheLimit()
    {
        await FillAsync();

        await StartAsync(Of("other-agent", agent: "robot"));
        await StartAsync(Of("other-type", type: "other"));
        await StartAsync(Of("other-tenant", tenant: Office.Neighbour));
        await StartAsync(Office.Request("person", Now, subject: "person"));
        Assert.Equal(RefusalCode.TooManyOpen, (await On.Engine.StartAsync(Of("more"), None)).Refusal?.Code);
    }

    [Fact]
    public async Task Start_repeated_isAnsweredAtTheLimitToo()
    {
        await FillAsync(keyed: true);

        Assert.Equal("r3", (await StartAsync(Of("again", key: "k3"))).State.Id);
        Assert.Equal("r3", (await StartAsync(Of("r3", key: "k3"))).State.Id);
        Assert.Equal(RefusalCode.TooManyOpen, (await On.Engine.StartAsync(Of("more", key: "new"), None)).Refusal?.Code);
    }

    [Fact]
    public async Task Start_afterOneWasSettled_isTaken()
    {
        await FillAsync(keyed: true);
        await SendAsync("r7", Office.Reject("ana"));
        await StartAsync(Of("after-rejection", key: "a"));
        Assert.Equal(RefusalCode.TooManyOpen, (await On.Engine.StartAsync(Of("more", key: "b"), None)).Refusal?.Code);

        await SendAsync("r8", new Command.Withdraw("Not needed") { By = Office.Actor("bot", ActorType.Agent, "requester") });
        await SendAsync("r9", Office.Approve("ana"));
        await SendAsync("r9", Office.Approve("cleo"));
        await StartAsync(Of("more", key: "b"));
        await StartAsync(Of("after-approval", key: "c"));
        Assert.Equal(RefusalCode.TooManyOpen, (await On.Engine.StartAsync(Of("still-more", key: "d"), None)).Refusal?.Code);
        // The refused one's key is nobody's.
        Assert.Equal("r8-again", (await StartAsync(Of("r8-again", key: "d", type: "other"))).State.Id);
    }

    [Fact]
    public async Task Start_drafts_count()
    {
        for (var i = 0; i < Most; i++)
        {
            await StartAsync(Of($"r{i}", submit: false));
        }

        Assert.Equal(RefusalCode.TooManyOpen, (await On.Engine.StartAsync(Of("more"), None)).Refusal?.Code);
    }

    [Fact]
    public async Task Start_manyAtOnce_areNoMoreThanTheLimit()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 2 * Most).Select(i => On.Engine.StartAsync(Of($"r{i}"), None).AsTask()));

        Assert.Equal(Most, results.Count(result => result.Created));
        Assert.Equal(Most, results.Count(result => result.Refusal?.Code == RefusalCode.TooManyOpen));
    }

    [Fact]
    public async Task Start_oneAfterTheOther_goesOnWithoutEnd()
    {
        for (var i = 0; i < 2 * Most; i++)
        {
            await StartAsync(Of($"r{i}"));
            await SendAsync($"r{i}", Office.Reject("ana"));
        }
    }

    public static StartRequest Of(
        string id, string agent = "bot", string type = "action", string tenant = Office.Tenant, string? key = null, bool submit = true)
    {
        var start = Office.Request(id, DateTimeOffset.UnixEpoch, tenant, type: type, subject: id, businessKey: key, submit: submit);
        var by = Office.Actor(agent, ActorType.Agent, "requester");
        var create = (Command.Create)start.Create.Command;
        return start with { Create = start.Create with { Command = create with { By = by }, Snapshot = start.Create.Snapshot! with { Requester = by } } };
    }

    private async Task FillAsync(bool keyed = false)
    {
        for (var i = 0; i < Most; i++)
        {
            await StartAsync(Of($"r{i}", key: keyed ? $"k{i}" : null));
        }
    }
}
