using Approvals.Actors;
using Approvals.Chains;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Conformance;

/// <summary>Reading requests.</summary>
public abstract class RequestStoreConformance : ConformanceTest
{
    [Fact]
    public async Task Find_unknown_isNull()
    {
        Assert.Null(await On.Requests.FindAsync(Office.Tenant, "nowhere", None));
        Assert.Null(await On.Requests.FindAsync("nobody", "r1", None));
    }

    [Fact]
    public async Task Find_keepsThePayloadAsItWas()
    {
        var payload = Value.Map(
            ("text", Value.From("Grüße \" \\ \n 😀")), ("number", Value.From(0.1)), ("none", Value.Null), ("yes", Value.True),
            ("list", Value.List([Value.From(1.0), Value.Map(("deep", Value.From("x")))])), ("empty", Value.Map()));
        var start = Office.Request("r1", Now);
        var hash = PayloadHash.Of(payload);
        start = start with
        {
            Create = start.Create with
            {
                Command = ((Command.Create)start.Create.Command) with { PayloadHash = hash },
                Snapshot = start.Create.Snapshot! with { Payload = payload, PayloadHash = hash, Description = "Why", Sensitive = ["payload.text"] },
            },
        };
        await StartAsync(start);

        var found = (await On.Requests.FindSnapshotAsync(Office.Tenant, "r1", 1, None))!;
        Assert.Equal(payload, found.Payload);
        Assert.Equal(hash, PayloadHash.Of(found.Payload));
        Assert.Equal(("Why", "payload.text", Now), (found.Description, found.Sensitive.Single(), found.TakenAt));
    }

    [Fact]
    public async Task FindCommand_isItsReceipt()
    {
        await StartAsync(Office.Request("r1", Now));
        var refused = (await SendAsync("r1", Office.Approve("eve"), "eve:c1")).Receipt!;
        var done = (await SendAsync("r1", Office.Approve("ana"), "ana:c1")).Receipt!;
        var stray = (await SendAsync("nowhere", Office.Approve("ana"), "ana:c1")).Receipt!;
        await SendAsync("r1", Office.Approve("cleo"), "cleo:c1");

        Assert.Equal(new CommandStatus(refused), await On.Requests.FindCommandAsync(Office.Tenant, "r1", "eve:c1", None));
        Assert.Equal(new CommandStatus(done), await On.Requests.FindCommandAsync(Office.Tenant, "r1", "ana:c1", None));
        Assert.Equal(new CommandStatus(stray), await On.Requests.FindCommandAsync(Office.Tenant, "nowhere", "ana:c1", None));
        Assert.NotNull((await On.Requests.FindCommandAsync(Office.Tenant, "r1", "create-r1", None))?.Receipt);
        Assert.Null(await On.Requests.FindCommandAsync(Office.Tenant, "r1", "ana:c2", None));
        Assert.Null(await On.Requests.FindCommandAsync(Office.Tenant, "r2", "ana:c1", None));
        Assert.Null(await On.Requests.FindCommandAsync(Office.Neighbour, "r1", "ana:c1", None));
        Assert.Null(await On.Requests.FindCommandAsync("nobody", "r1", "ana:c1", None));
    }

    [Fact]
    public async Task FindSnapshot_afterResubmission_hasBoth()
    {
        await StartAsync(Office.Request("r1", Now));
        await SendAsync("r1", new Command.RequestChanges("Cheaper, please") { By = Office.Actor("ana") });
        var again = Office.Request("r1", Now, amount: 3, title: "A cheaper desk").Create.Snapshot!;
        var resubmitted = await On.Engine.SendAsync(
            Office.Send("r1", new Command.Resubmit(again.PayloadHash) { By = Office.Actor("rita", ActorType.Human, "requester") }) with { Snapshot = again }, None);

        Assert.Null(resubmitted.Receipt!.Refusal);
        Assert.Equal((2, "A cheaper desk"), (resubmitted.Request!.Snapshot.Number, resubmitted.Request.Snapshot.Title));
        Assert.Equal("Buy a desk", (await On.Requests.FindSnapshotAsync(Office.Tenant, "r1", 1, None))!.Title);
        Assert.Equal("A cheaper desk", (await On.Requests.FindSnapshotAsync(Office.Tenant, "r1", 2, None))!.Title);
        Assert.Null(await On.Requests.FindSnapshotAsync(Office.Tenant, "r1", 3, None));
        Assert.Null(await On.Requests.FindSnapshotAsync(Office.Tenant, "r1", 0, None));
        Assert.Null(await On.Requests.FindSnapshotAsync(Office.Neighbour, "r1", 1, None));
        await On.SettledAsync();
        var listed = await On.Requests.ListAsync(new RequestQuery { Tenant = Office.Tenant }, new PageRequest(), None);
        Assert.Equal("A cheaper desk", listed.Items.Single().Title);
    }

    [Fact]
    public async Task List_filters_allMustHold()
    {
        await StartAsync(Office.Request("r1", Now, subject: "7"));
        await StartAsync(Office.Request("r2", Now, requester: "dan", subject: "8"));
        await StartAsync(Office.Request("r3", Now, type: "budget_override", subject: "8"));
        await StartAsync(Office.Request("r4", Now, subject: "9", levels: [Office.Level("Only", "eve")]));
        await StartAsync(Office.Request("r5", Now, Office.Neighbour));
        await SendAsync("r3", Office.Reject("ana"));
        await On.SettledAsync();

        var all = new RequestQuery { Tenant = Office.Tenant };
        Assert.Equal(["r4", "r3", "r2", "r1"], await IdsAsync(all));
        Assert.Equal(["r2"], await IdsAsync(all with { Requester = "dan" }));
        Assert.Equal(["r3", "r2"], await IdsAsync(all with { Subject = "order:8" }));
        Assert.Equal(["r3"], await IdsAsync(all with { RequestType = "budget_override" }));
        Assert.Equal(["r3"], await IdsAsync(all with { Status = RequestStatus.Rejected }));
        Assert.Equal(["r4", "r2", "r1"], await IdsAsync(all with { Status = RequestStatus.InReview }));
        Assert.Equal(["r4"], await IdsAsync(all with { VisibleTo = "eve" }));
        Assert.Equal(["r3", "r2", "r1"], await IdsAsync(all with { VisibleTo = "cleo" }));
        Assert.Equal(["r2", "r1"], await IdsAsync(all with { VisibleTo = "cleo", Status = RequestStatus.InReview }));
        Assert.Equal(["r2"], await IdsAsync(all with { VisibleTo = "ana", Subject = "order:8", Status = RequestStatus.InReview }));
        Assert.Empty(await IdsAsync(all with { Requester = "nobody" }));
        Assert.Empty(await IdsAsync(all with { Tenant = "nobody" }));
    }

    [Fact]
    public async Task List_draft_isItsAuthorsOwn()
    {
        await StartAsync(Office.Request("r1", Now, submit: false));
        await On.SettledAsync();

        Assert.Equal(["r1"], await IdsAsync(new RequestQuery { Tenant = Office.Tenant, VisibleTo = "rita" }));
        Assert.Empty(await IdsAsync(new RequestQuery { Tenant = Office.Tenant, VisibleTo = "ana" }));
    }

    [Fact]
    public async Task List_reassigned_showsToWhoeverGotIt()
    {
        await StartAsync(Office.Request("r1", Now));
        await SendAsync("r1", new Command.Reassign(null, "ana", new Candidate("eve"), "Away") { By = Office.Actor("ana") });
        await On.SettledAsync();

        Assert.Equal(["r1"], await IdsAsync(new RequestQuery { Tenant = Office.Tenant, VisibleTo = "eve" }));
    }

    [Fact]
    public async Task List_pages_giveEachOnceAndNewOnesDoNotShiftThem()
    {
        for (var i = 0; i < 25; i++)
        {
            await StartAsync(Office.Request($"r{i:00}", Now));
        }

        await On.SettledAsync();
        var query = new RequestQuery { Tenant = Office.Tenant };
        var first = await On.Requests.ListAsync(query, new PageRequest(10), None);
        await StartAsync(Office.Request("r99", Now));
        await On.SettledAsync();
        var second = await On.Requests.ListAsync(query, new PageRequest(10, first.NextCursor), None);
        var third = await On.Requests.ListAsync(query, new PageRequest(10, second.NextCursor), None);

        Assert.Null(third.NextCursor);
        Assert.Equal(
            Enumerable.Range(0, 25).Reverse().Select(i => $"r{i:00}"),
            first.Items.Concat(second.Items).Concat(third.Items).Select(request => request.Id));
    }

    [Fact]
    public async Task List_badCursor_isToldApart() =>
        await Assert.ThrowsAsync<InvalidCursorException>(
            async () => await On.Requests.ListAsync(new RequestQuery { Tenant = Office.Tenant }, new PageRequest(10, "nonsense!"), None));

    [Fact]
    public async Task List_summary_says()
    {
        await StartAsync(Office.Request("r1", Now));
        await On.SettledAsync();
        var summary = (await On.Requests.ListAsync(new RequestQuery { Tenant = Office.Tenant }, new PageRequest(), None)).Items.Single();

        Assert.Equal(("Buy a desk", 1, "Manager", RequestStatus.InReview), (summary.Title, summary.CurrentLevel, summary.LevelName, summary.Status));
        Assert.Equal(Now.AddHours(48), summary.DueAt);
        Assert.Equal(("rita", Now), (summary.Requester.Id, summary.CreatedAt));
    }

    [Fact]
    public async Task History_pages_andStaysWithItsRequest()
    {
        await StartAsync(Office.Request("r1", Now));
        await StartAsync(Office.Request("r2", Now));
        for (var i = 0; i < 10; i++)
        {
            await SendAsync("r1", new Command.AddComment($"Comment {i}") { By = Office.Actor("ana") });
        }

        var all = await AllAsync(page => On.Requests.HistoryAsync(Office.Tenant, "r1", page, None), 4);
        Assert.Equal(Enumerable.Range(1, 13).Select(i => (long)i), all.Select(entry => entry.Sequence));
        Assert.All(all, entry => Assert.Equal("r1", entry.Chain));
        Assert.Empty((await On.Requests.HistoryAsync(Office.Neighbour, "r1", new PageRequest(), None)).Items);
    }

    [Fact]
    public async Task Wait_changed_completes()
    {
        var request = await StartAsync(Office.Request("r1", Now));
        var waiting = On.Requests.WaitAsync(Office.Tenant, "r1", request.State.Version, TimeSpan.FromSeconds(30), None).AsTask();
        Assert.False(waiting.IsCompleted);

        await SendAsync("r1", Office.Approve("ana"));
        Assert.True((await waiting)!.State.Version > request.State.Version);
    }

    [Fact]
    public async Task Wait_changedAlready_completesAtOnce()
    {
        var request = await StartAsync(Office.Request("r1", Now));
        Assert.Equal(request.State.Version, (await On.Requests.WaitAsync(Office.Tenant, "r1", 0, TimeSpan.FromSeconds(30), None))!.State.Version);
        Assert.Null(await On.Requests.WaitAsync(Office.Tenant, "nowhere", 0, TimeSpan.FromSeconds(30), None));
    }

    [Fact]
    public async Task Wait_unchanged_endsWithTheTime()
    {
        var request = await StartAsync(Office.Request("r1", Now));
        var waiting = On.Requests.WaitAsync(Office.Tenant, "r1", request.State.Version, TimeSpan.FromSeconds(30), None).AsTask();
        On.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(request.State.Version, (await waiting)!.State.Version);
    }

    private async Task<List<string>> IdsAsync(RequestQuery query) =>
        [.. (await AllAsync(page => On.Requests.ListAsync(query, page, None), 2)).Select(request => request.Id)];
}
