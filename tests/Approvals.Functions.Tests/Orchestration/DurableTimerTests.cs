using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Conformance;
using Approvals.Requests;
using Microsoft.DurableTask.Client;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>What time does to a request, on durable timers of a second or two.</summary>
public sealed class DurableTimerTests(DurableHome home) : DurableTest(home)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Reminder_goesOut_andADecisionStillWins()
    {
        var id = NewId();
        await StartAsync(Request(id, level => level with { RemindAfter = [TimeSpan.FromSeconds(1)] }));
        await UntilAsync(id, found => found.Head.Sequence > 3);
        Assert.Equal(AuditAction.Reminded, (await Home.HistoryAsync(id))[^1].Action);

        var approved = await SendAsync(id, Office.Approve("ana"));
        Assert.Equal(RequestStatus.Approved, approved.Request!.State.Status);
    }

    [Fact]
    public async Task Decision_beforeTheTimer_leavesNothingOfIt()
    {
        var id = NewId();
        await StartAsync(Request(id, level => level with { RespondWithin = TimeSpan.FromHours(1), OnTimeout = TimeoutAction.Expire }));
        await SendAsync(id, Office.Reject("ana"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Home.EndAsync(id)).RuntimeStatus);
        Assert.Equal(AuditAction.Rejected, (await Home.HistoryAsync(id))[^1].Action);
    }

    [Fact]
    public async Task Timeout_escalates_thenExpires()
    {
        var id = NewId();
        await StartAsync(Request(id, level => level with { RespondWithin = Short, OnTimeout = TimeoutAction.Escalate, EscalateTo = ["user:dan"] }));
        await Home.EndAsync(id);

        var actions = (await Home.HistoryAsync(id)).Select(entry => entry.Action).ToList();
        Assert.Contains(AuditAction.Escalated, actions);
        Assert.Equal(RequestStatus.Expired, (await Home.Requests.FindAsync(Office.Tenant, id, None))!.State.Status);
    }

    [Theory]
    [InlineData(TimeoutAction.Expire, RequestStatus.Expired)]
    [InlineData(TimeoutAction.Reject, RequestStatus.Rejected)]
    public async Task Timeout_ends(TimeoutAction action, RequestStatus status)
    {
        var id = NewId();
        await StartAsync(Request(id, level => level with { RespondWithin = Short, OnTimeout = action }));
        await Home.EndAsync(id);

        Assert.Equal(status, (await Home.Requests.FindAsync(Office.Tenant, id, None))!.State.Status);
    }

    [Fact]
    public async Task Timeout_autoApproves()
    {
        var id = NewId();
        await StartAsync(Request(id, level => level with { RespondWithin = Short, OnTimeout = TimeoutAction.AutoApprove }));
        await UntilAsync(id, found => found.State.Status == RequestStatus.Approved);

        Assert.Contains(AuditAction.AutoApproved, (await Home.HistoryAsync(id)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Grant_nobodyClaims_endsTheInstanceInTime()
    {
        var id = NewId();
        await StartAsync(Request(id, level => level, create => create with { GrantValidFor = Short }));
        await SendAsync(id, Office.Approve("ana"));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Home.EndAsync(id)).RuntimeStatus);

        // What comes after it is settled like everything else.
        var claim = await SendAsync(id, new Command.ClaimGrant("hash", "x1") { By = Office.Actor("rita") });
        Assert.NotNull(claim.Receipt!.Refusal);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Home.EndAsync(id)).RuntimeStatus);
    }
}
