using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Conformance;
using Approvals.Inbox;
using Approvals.Ports;
using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>Requests from their start to their end, over real orchestrations and tables.</summary>
public sealed class DurableScenarioTests(DurableHome home) : DurableTest(home)
{
    private static readonly Actor Rita = Office.Actor("rita", ActorType.Human, Roles.Requester);

    [Fact]
    public async Task Gate_toTheReport()
    {
        var id = NewId();
        var start = Office.Request(id, DateTimeOffset.UtcNow, businessKey: id) with { Attempt = Office.Entry(DateTimeOffset.UtcNow) };
        var request = await StartAsync(start);
        Assert.Equal(RequestStatus.InReview, request.State.Status);
        var again = await Home.Engine.StartAsync(Office.Request(NewId(), DateTimeOffset.UtcNow, businessKey: id), None);
        Assert.Equal((id, false), (again.Request!.State.Id, again.Created));

        await SendAsync(id, Office.Approve("ana"));
        var approved = await SendAsync(id, Office.Approve("cleo"));
        Assert.Equal(RequestStatus.Approved, approved.Request!.State.Status);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await Home.InstanceAsync(id))!.RuntimeStatus);
        var claimed = await SendAsync(id, new Command.ClaimGrant(request.State.PayloadHash, "x1") { By = Rita });
        Assert.Null(claimed.Receipt!.Refusal);
        var reported = await SendAsync(id, new Command.ReportExecution("x1", Succeeded: true) { By = Rita });

        Assert.Equal(ExecutionOutcome.Succeeded, reported.Request!.State.Grant!.Execution!.Outcome);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Home.EndAsync(id)).RuntimeStatus);
        Assert.Equal(
            [
                AuditAction.GateChecked, AuditAction.Requested, AuditAction.Submitted, AuditAction.LevelEntered, AuditAction.Approved,
                AuditAction.LevelApproved, AuditAction.LevelEntered, AuditAction.Approved, AuditAction.LevelApproved, AuditAction.Completed,
                AuditAction.ExecutionClaimed, AuditAction.ExecutionReported,
            ],
            (await Home.HistoryAsync(id)).Select(entry => entry.Action));
        Assert.True((await Home.Get<IAuditStore>().VerifyAsync(Office.Tenant, id, None)).Valid);
    }

    [Fact]
    public async Task FiftyConflictingDecisions_oneWins()
    {
        var id = NewId();
        string[] people = ["ana", "cleo", "dan", "eve"];
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow, levels: [Office.Level("Anyone", people)]));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            i => SendAsync(id, i % 2 == 0 ? Office.Approve(people[i % 4]) : Office.Reject(people[i % 4]))));

        Assert.Single(results, result => result.Receipt!.Refusal is null);
        Assert.Equal(49, results.Count(result => result.Receipt!.Refusal?.Code == RefusalCode.AlreadyDecided));
        Assert.Equal(49, (await Home.HistoryAsync(id)).Count(entry => entry.Outcome == AuditOutcome.Refused));
    }

    [Fact]
    public async Task Send_aRepeatedCommand_getsTheFirstReceipt()
    {
        var id = NewId();
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow));
        var first = await SendAsync(id, Office.Approve("ana"), "c1");
        var second = await SendAsync(id, Office.Reject("ana"), "c1");

        Assert.Null(first.Receipt!.Refusal);
        Assert.Equal(first.Receipt, second.Receipt);
        Assert.Equal(first.Request!.Head, second.Request!.Head);
    }

    [Fact]
    public async Task Override_afterTheEnd_startsAnotherInstance()
    {
        var id = NewId();
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow));
        await SendAsync(id, Office.Reject("ana"));
        var first = await Home.EndAsync(id);

        var set = await SendAsync(id, new Command.Override("Needed after all") { By = Office.Actor("olga", ActorType.Human, Roles.Override) });
        Assert.Equal(RequestStatus.InReview, set.Request!.State.Status);
        var second = (await Home.InstanceAsync(id))!;
        Assert.Equal(OrchestrationRuntimeStatus.Running, second.RuntimeStatus);
        Assert.True(second.CreatedAt > first.CreatedAt);

        Assert.Null((await SendAsync(id, Office.Approve("ana"))).Receipt!.Refusal);
        var inbox = new InboxQuery { Tenant = Office.Tenant, Authorities = [new InboxAuthority("cleo", ["*"])], Now = DateTimeOffset.UtcNow };
        Assert.Contains(id, (await Home.Requests.InboxAsync(inbox, new(200), None)).Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Comment_afterTheEnd_isAnsweredAndAudited()
    {
        var id = NewId();
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow));
        await SendAsync(id, new Command.Withdraw { By = Rita });
        await Home.EndAsync(id);

        var comment = await SendAsync(id, new Command.AddComment("For the record") { By = Rita });
        Assert.Equal(RefusalCode.AlreadyWithdrawn, comment.Receipt!.Refusal!.Code);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Home.EndAsync(id)).RuntimeStatus);
        var last = (await Home.HistoryAsync(id))[^1];
        Assert.Equal((AuditAction.Commented, AuditOutcome.Refused), (last.Action, last.Outcome));
    }

    [Fact]
    public async Task Start_refused_endsWithoutARequest()
    {
        var id = NewId();
        var start = Request(id, level => level, create => create with { Levels = [] });
        var refused = await Home.Engine.StartAsync(start, None);

        Assert.NotNull(refused.Refusal);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Home.EndAsync(id)).RuntimeStatus);
        Assert.Null(await Home.Requests.FindAsync(Office.Tenant, id, None));
    }
}
