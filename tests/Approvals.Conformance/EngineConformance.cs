using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Conformance;

/// <summary>Starting and commanding requests.</summary>
public abstract class EngineConformance : ConformanceTest
{
    [Fact]
    public async Task Start_new_isSubmittedAndCanBeRead()
    {
        var started = await On.Engine.StartAsync(Office.Request("r1", Now), None);

        Assert.True(started.Created);
        Assert.Equal(RequestStatus.InReview, started.Request!.State.Status);
        var found = await On.Requests.FindAsync(Office.Tenant, "r1", None);
        Assert.Equal(started.Request.State.Version, found!.State.Version);
        Assert.Equal("Buy a desk", found.Snapshot.Title);
        Assert.Equal(started.Request.Head, found.Head);
    }

    [Fact]
    public async Task Start_draft_staysOne()
    {
        var draft = await StartAsync(Office.Request("r1", Now, submit: false));

        Assert.Equal(RequestStatus.Draft, draft.State.Status);
        var submitted = await SendAsync("r1", new Command.Submit { By = Office.Actor("rita", Actors.ActorType.Human, "requester") });
        Assert.Equal(RequestStatus.InReview, submitted.Request!.State.Status);
    }

    [Theory]
    [InlineData(RequestOrigin.Gate, true)]
    [InlineData(RequestOrigin.Direct, false)]
    [InlineData(RequestOrigin.Service, false)]
    public async Task Start_origin_isKeptAndOnlyTheGatesEndInAGrant(RequestOrigin origin, bool granted)
    {
        var start = Office.Request("r1", Now);
        var command = ((Command.Create)start.Create.Command) with { Origin = origin };
        await ApprovedAsync(start with { Create = start.Create with { Command = command } });

        var found = await On.Requests.FindAsync(Office.Tenant, "r1", None);
        Assert.Equal((origin, granted), (found!.State.Origin, found.State.Grant is not null));
        await On.SettledAsync();
        Assert.Equal(origin, Assert.Single((await On.Requests.ListAsync(new RequestQuery { Tenant = Office.Tenant }, new PageRequest(5, null), None)).Items).Origin);
        var claim = await SendAsync("r1", new Command.ClaimGrant(found.State.PayloadHash, "x") { By = Office.Actor("rita", Actors.ActorType.Human, "requester") });
        Assert.Equal(granted ? null : RefusalCode.NotFound, claim.Receipt!.Refusal?.Code);
    }

    [Fact]
    public async Task Send_resubmissionWithAPlan_isPinnedToIt()
    {
        var request = await StartAsync(Office.Request("r1", Now));
        await SendAsync("r1", new Command.RequestChanges("Another") { By = Office.Actor("ana") });
        var rita = Office.Actor("rita", Actors.ActorType.Human, "requester");
        var next = request.Snapshot.Next(rita, Values.Value.Map(("amount", Values.Value.From(9.0))), Now) with { Sensitive = ["payload.iban"] };
        var plan = new ChainPlan
        {
            Policy = new PolicyRef("new", 2),
            Levels = [request.State.Levels[1].Definition],
            DistinctApprovers = true,
            CompleteWithin = TimeSpan.FromHours(5),
            GrantValidFor = TimeSpan.FromHours(1),
            Watchers = ["dan"],
        };
        var sent = await On.Engine.SendAsync(Office.Send("r1", new Command.Resubmit(next.PayloadHash, plan) { By = rita }) with { Snapshot = next }, None);

        Assert.Null(sent.Receipt!.Refusal);
        var found = (await On.Requests.FindAsync(Office.Tenant, "r1", None))!;
        Assert.Equal((plan.Policy, true, plan.CompleteWithin, 2), (found.State.Policy, found.State.DistinctApprovers, found.State.CompleteWithin, found.Snapshot.Number));
        Assert.Equal("cleo", Assert.Single(found.State.Levels).Groups[0].Approvers[0].Person);
        Assert.Equal("payload.iban", Assert.Single(found.Snapshot.Sensitive));
        Assert.Contains("dan", found.State.Watchers);
    }

    [Fact]
    public async Task Start_sameId_answersWithTheFirst()
    {
        var first = await StartAsync(Office.Request("r1", Now));
        var second = await On.Engine.StartAsync(Office.Request("r1", Now, title: "Another"), None);

        Assert.False(second.Created);
        Assert.Equal("Buy a desk", second.Request!.Snapshot.Title);
        Assert.Equal(first.Head, second.Request.Head);
    }

    [Fact]
    public async Task Start_sameIdInTwoTenants_areTwoRequests()
    {
        await StartAsync(Office.Request("r1", Now));
        var other = await StartAsync(Office.Request("r1", Now, Office.Neighbour, title: "Elsewhere"));

        Assert.Equal("Elsewhere", other.Snapshot.Title);
        Assert.Equal("Buy a desk", (await On.Requests.FindAsync(Office.Tenant, "r1", None))!.Snapshot.Title);
    }

    [Fact]
    public async Task Start_refused_isAuditedOnTheTenantsChainOnce()
    {
        var start = Office.Request("r1", Now) with { Attempt = null };
        start = start with { Create = start.Create with { Command = ((Command.Create)start.Create.Command) with { Levels = [] } } };

        var first = await On.Engine.StartAsync(start, None);
        var second = await On.Engine.StartAsync(start, None);

        Assert.Null(first.Request);
        Assert.NotNull(first.Refusal);
        Assert.Equal(first.Refusal, second.Refusal);
        Assert.Null(await On.Requests.FindAsync(Office.Tenant, "r1", None));
        await On.SettledAsync();
        var entry = Assert.Single(await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None)));
        Assert.Equal(AuditChain.TenantChain, entry.Chain);
        Assert.Equal(AuditOutcome.Refused, AuditFields.Read(entry).Outcome);
    }

    [Fact]
    public async Task Start_attempt_comesFirstOnTheRequestsChain()
    {
        var request = await StartAsync(Office.Request("r1", Now) with { Attempt = Office.Entry(Now) });

        var history = await HistoryAsync("r1");
        Assert.Equal([AuditAction.GateChecked, AuditAction.Requested, AuditAction.Submitted, AuditAction.LevelEntered], history.Select(e => e.Action));
        Assert.All(history, entry => Assert.Equal("r1", entry.RequestId));
        Assert.Equal(4, request.Head.Sequence);
    }

    [Fact]
    public async Task Send_sameCommandId_getsTheFirstReceipt()
    {
        await StartAsync(Office.Request("r1", Now));
        var first = await SendAsync("r1", Office.Approve("ana"), "c1");
        On.Time.Advance(TimeSpan.FromMinutes(5));
        var second = await SendAsync("r1", Office.Reject("ana"), "c1");

        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal(first.Request!.State.Version, second.Request!.State.Version);
        Assert.Equal(first.Request.Head, second.Request.Head);
    }

    [Fact]
    public async Task Send_again_afterTheRequestWentOn_getsWhereItStoodThen()
    {
        await StartAsync(Office.Request("r1", Now));
        var first = await SendAsync("r1", Office.Approve("ana"), "c1");
        On.Time.Advance(TimeSpan.FromMinutes(5));
        await SendAsync("r1", Office.Approve("cleo"), "c2");
        var again = await SendAsync("r1", Office.Approve("ana"), "c1");

        Assert.Equal(new Standing(RequestStatus.InReview, 2, 1), first.Receipt!.Standing);
        Assert.Equal(first.Receipt, again.Receipt);
        Assert.Equal(RequestStatus.Approved, again.Request!.State.Status);
        var second = (await SendAsync("r1", Office.Approve("cleo"), "c2")).Receipt!;
        Assert.Equal(new Standing(RequestStatus.Approved, 2, 1), second.Standing);
        Assert.True(second.Version > first.Receipt.Version);
    }

    [Fact]
    public async Task Send_refused_changesNothingIsAuditedAndKeepsItsReceipt()
    {
        var before = await StartAsync(Office.Request("r1", Now));
        var first = await SendAsync("r1", Office.Approve("eve"), "c1");
        var second = await SendAsync("r1", Office.Approve("ana"), "c1");

        Assert.Equal(RefusalCode.NotAuthorized, first.Receipt!.Refusal!.Code);
        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal(before.State.Version, second.Request!.State.Version);
        var refused = Assert.Single(await HistoryAsync("r1"), entry => entry.Outcome == AuditOutcome.Refused);
        Assert.Equal((AuditAction.Approved, "eve", RefusalCode.NotAuthorized), (refused.Action, refused.ActorId, refused.Code));
    }

    [Fact]
    public async Task Send_unknownRequest_isRefusedAndAudited()
    {
        var first = await SendAsync("nowhere", Office.Approve("ana"), "c1");
        var second = await SendAsync("nowhere", Office.Approve("ana"), "c1");

        Assert.Null(first.Request);
        Assert.Equal(RefusalCode.NotFound, first.Receipt!.Refusal!.Code);
        Assert.Equal(first.Receipt, second.Receipt);
        await On.SettledAsync();
        Assert.Single(await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None)));
    }

    [Fact]
    public async Task Send_fiftyConflictingDecisions_oneWins()
    {
        await StartAsync(Office.Request("r1", Now, levels: [Office.Level("Anyone", "ana", "cleo", "dan", "eve")]));
        string[] people = ["ana", "cleo", "dan", "eve"];
        var decisions = Enumerable.Range(0, 50).Select(
            i => SendAsync("r1", i % 2 == 0 ? Office.Approve(people[i % 4]) : Office.Reject(people[i % 4])));

        var results = await Task.WhenAll(decisions);

        var won = Assert.Single(results, result => result.Receipt!.Refusal is null);
        var after = await On.Requests.FindAsync(Office.Tenant, "r1", None);
        Assert.Equal(won.Receipt!.Version, after!.State.Version);
        Assert.Equal(49, (await HistoryAsync("r1")).Count(entry => entry.Outcome == AuditOutcome.Refused));
    }

    [Fact]
    public async Task Send_decisionOnWhatIsBeingReplaced_decidesNothing()
    {
        var rounds = Enumerable.Range(0, 20).Select(async i =>
        {
            var id = $"r{i}";
            var seen = (await StartAsync(Office.Request(id, Now))).Snapshot;
            await SendAsync(id, new Command.RequestChanges("Smaller.") { By = Office.Actor("ana"), PayloadHash = seen.PayloadHash });
            var next = seen.Next(seen.Requester, Value.Map(("amount", Value.From(5_000_000.0))), Now);
            var resubmission = Office.Send(id, new Command.Resubmit(next.PayloadHash) { By = seen.Requester }) with { Snapshot = next };
            var stale = Office.Approve("ana") with { PayloadHash = seen.PayloadHash };

            var racing = Enumerable.Range(0, 4).Select(n => SendAsync(id, stale, $"stale-{n}")).ToList();
            var resubmitted = await On.Engine.SendAsync(resubmission, None);
            Assert.Null(resubmitted.Receipt!.Refusal);
            var last = await SendAsync(id, stale, "stale-last");
            foreach (var result in await Task.WhenAll(racing))
            {
                Assert.True(result.Receipt!.Refusal?.Code is RefusalCode.StaleView or RefusalCode.InvalidState, result.Receipt.ToString());
            }

            var refusal = last.Receipt!.Refusal!;
            Assert.Equal((RefusalCode.StaleView, new("payloadHash", next.PayloadHash)), (refusal.Code, Assert.Single(refusal.Members)));
            var again = (await SendAsync(id, stale, "stale-last")).Receipt!.Refusal!;
            Assert.Equal((refusal.Code, refusal.Detail, refusal.Members.Single()), (again.Code, again.Detail, again.Members.Single()));
            var approved = await SendAsync(id, Office.Approve("ana") with { PayloadHash = next.PayloadHash });
            Assert.Equal((null, 2), (approved.Receipt!.Refusal, approved.Request!.State.CurrentLevel));
            var decision = Assert.Single(await HistoryAsync(id), entry => entry is { Action: AuditAction.Approved, Outcome: AuditOutcome.Ok });
            Assert.Equal(next.PayloadHash, decision.PayloadHash);
        });
        await Task.WhenAll(rounds);
    }

    [Fact]
    public async Task Send_fiftyClaims_oneWins()
    {
        await ApprovedAsync(Office.Request("r1", Now, businessKey: "k1"));
        var bot = Office.Actor("rita", Actors.ActorType.Human, "requester");
        var hash = (await On.Requests.FindAsync(Office.Tenant, "r1", None))!.State.PayloadHash;

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAsync("r1", new Command.ClaimGrant(hash, $"x{i}") { By = bot })));

        Assert.Single(results, result => result.Receipt!.Refusal is null);
        Assert.Equal(49, results.Count(result => result.Receipt!.Refusal?.Code == RefusalCode.AlreadyExecuted));
    }

    [Fact]
    public async Task Send_leavesEventsInOrder()
    {
        await ApprovedAsync(Office.Request("r1", Now));
        await On.SettledAsync();

        var events = await On.Outbox.ReadAsync(0, 100, None);
        Assert.Equal(["approval.requested", "approval.approved", "approval.approved", "approval.approved"], events.Select(record => record.Event.Type));
        Assert.Equal(events.Select(record => record.Position).Order(), events.Select(record => record.Position));
        Assert.Equal(events.Length, events.Select(record => record.Event.Id).Distinct().Count());
        Assert.Equal(events[^1].Position, await On.Outbox.HeadAsync(None));
    }

    [Fact]
    public async Task Record_keepsOrderAndChains()
    {
        await StartAsync(Office.Request("r1", Now));
        ImmutableArray<AuditDraft> entries =
        [
            Office.Entry(Now, subject: "1"),
            Office.Entry(Now, action: AuditAction.Notified, requestId: "r1"),
            Office.Entry(Now, subject: "2"),
            Office.Entry(Now, action: AuditAction.SideEffect, requestId: "r1"),
        ];
        await On.Engine.RecordAsync(entries, None);
        await On.SettledAsync();

        Assert.Equal([AuditAction.Notified, AuditAction.SideEffect], (await HistoryAsync("r1")).TakeLast(2).Select(entry => entry.Action));
        var own = (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Where(entry => entry.Chain == AuditChain.TenantChain).ToList();
        Assert.Equal(["1", "2"], own.Select(entry => AuditFields.Read(entry).SubjectId));
        Assert.Equal([1L, 2L], own.Select(entry => entry.Sequence));
        Assert.True((await On.Audit.VerifyAsync(Office.Tenant, null, None)).Valid);
    }

    [Fact]
    public async Task Record_again_aChainTakesOneEntryOfAName()
    {
        await StartAsync(Office.Request("r1", Now));
        await StartAsync(Office.Request("r2", Now));
        AuditDraft Told(string? requestId, string? once) => Office.Entry(Now, action: AuditAction.Notified, requestId: requestId) with { Once = once };
        ImmutableArray<AuditDraft> entries = [.. new[] { "r1", "r2", null }.SelectMany(id => new[] { Told(id, "a"), Told(id, "a"), Told(id, null), Told(id, null) })];

        await On.Engine.RecordAsync(entries, None);
        await SendAsync("r1", Office.Approve("ana"));
        await On.Engine.RecordAsync([Told("r1", "a"), Told("r1", "b"), Told(null, "a"), Told(null, "b"), Told("r2", "a")], None);
        await On.SettledAsync();

        Assert.Equal(4, (await HistoryAsync("r1")).Count(entry => entry.Action == AuditAction.Notified));
        Assert.Equal(3, (await HistoryAsync("r2")).Count(entry => entry.Action == AuditAction.Notified));
        Assert.Equal(4, (await AllAsync(On.Audit.ReadAsync(Office.Tenant, 0, None))).Count(entry => entry.Chain == AuditChain.TenantChain));
        Assert.True((await On.Audit.VerifyAsync(Office.Tenant, null, None)).Valid);
    }

    [Fact]
    public async Task Record_afterwards_theChainGoesOn()
    {
        await StartAsync(Office.Request("r1", Now));
        await On.Engine.RecordAsync([Office.Entry(Now, action: AuditAction.Notified, requestId: "r1")], None);
        var approved = await SendAsync("r1", Office.Approve("ana"));

        var history = await HistoryAsync("r1");
        Assert.Equal(Enumerable.Range(1, history.Count).Select(i => (long)i), history.Select(entry => entry.Sequence));
        Assert.Equal(approved.Request!.Head.Sequence, history[^1].Sequence);
        Assert.True((await On.Audit.VerifyAsync(Office.Tenant, "r1", None)).Valid);
    }

    private async Task<List<AuditFields>> HistoryAsync(string requestId) =>
        [.. (await AllAsync(page => On.Requests.HistoryAsync(Office.Tenant, requestId, page, None), 200)).Select(AuditFields.Read)];
}
