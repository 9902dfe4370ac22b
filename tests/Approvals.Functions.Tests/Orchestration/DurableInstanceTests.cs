using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Tables.Requests;
using Approvals.Requests;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>One instance for each request, whatever is sent to it, and however much.</summary>
public sealed class DurableInstanceTests(DurableHome home) : DurableTest(home)
{
    [Fact]
    public async Task Start_twice_theRunningInstanceStaysAndTakesTheSecondCommand()
    {
        var id = NewId();
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow));
        var before = (await Home.InstanceAsync(id))!;

        var comment = new StagedCommand(Office.Send(id, new Command.AddComment("Second") { By = Office.Actor("rita") }, "c2"));
        var staged = await Home.Get<CommandStage>().SendAsync(comment, isLive: false, None);

        Assert.Null(staged.Receipt!.Refusal);
        var after = (await Home.InstanceAsync(id))!;
        Assert.Equal((OrchestrationRuntimeStatus.Running, before.CreatedAt), (after.RuntimeStatus, after.CreatedAt));
        Assert.Equal(AuditAction.Commented, (await Home.HistoryAsync(id))[^1].Action);
    }

    [Fact]
    public async Task Send_toAnInstanceThatEnded_isStillCarriedOut()
    {
        var id = NewId();
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow));
        await SendAsync(id, Office.Reject("ana"));
        await Home.EndAsync(id);

        // As one who read the request before its end would send it: the event finds nobody.
        var olga = Office.Actor("olga", ActorType.Human, Roles.Override);
        var late = new StagedCommand(Office.Send(id, new Command.Override("Needed after all") { By = olga }, "late"));
        var staged = await Home.Get<CommandStage>().SendAsync(late, isLive: true, None);

        Assert.Null(staged.Receipt!.Refusal);
        Assert.Equal(AuditAction.Overridden, (await Home.HistoryAsync(id))[^1].Action);
    }

    [Fact]
    public async Task Send_250AtOnce_everyOneIsCarriedOutOnce()
    {
        var id = NewId();
        await StartAsync(Office.Request(id, DateTimeOffset.UtcNow));
        var ids = Enumerable.Range(0, 250).Select(i => $"n{i}").ToList();

        await Task.WhenAll(ids.Select(command => SendAsync(id, new Command.AddComment(command) { By = Office.Actor("rita") }, command)));
        await UntilAsync(id, found => found.Head.Sequence == 3 + ids.Count);

        // The receipt of each, also of those whose callers were told to wait.
        var results = await Task.WhenAll(ids.Select(command => SendAsync(id, new Command.AddComment(command) { By = Office.Actor("rita") }, command)));
        Assert.All(results, result => Assert.Null(result.Receipt!.Refusal));
        var comments = (await Home.HistoryAsync(id)).Where(entry => entry.Action == AuditAction.Commented).Select(entry => entry.Reason).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), comments.Order(StringComparer.Ordinal));

        // The history was begun anew; what comes then finds the same instance.
        Assert.Contains(Home.Recorder.All, turn => turn.Response.InstanceId.EndsWith(id, StringComparison.Ordinal)
            && turn.Response.Actions.Any(action => action.CompleteOrchestration?.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew));
        Assert.Null((await SendAsync(id, Office.Approve("ana"))).Receipt!.Refusal);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await Home.InstanceAsync(id))!.RuntimeStatus);
    }
}
