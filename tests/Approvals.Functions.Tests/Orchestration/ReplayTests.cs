using Approvals.Functions.Orchestration.V1;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>
/// Instances that run go on with the orchestrator as it is now. Where these fail, its sequence has changed: that is for a new V-folder, with a history of
/// its own.
/// </summary>
public sealed class ReplayTests
{
    /// <summary>Created, reminded, a command that beat the timer, its dispatch made up for, the end.</summary>
    private const string Recorded = "V1";

    [Fact]
    public void Replay_ofTheRecordedHistory_asksForTheSame()
    {
        var turns = Histories.Read(Recorded);
        Assert.Equal(9, turns.Count);
        Assert.All(turns, turn =>
        {
            var replayed = Turn.Run(turn.Request, ApprovalOrchestrator.RunAsync);
            Assert.Equal(turn.Response.Actions, replayed.Actions);
            Assert.Equal(turn.Response.CustomStatus, replayed.CustomStatus);
        });
        Assert.Equal(OrchestrationStatus.Completed, turns[^1].Response.Actions[^1].CompleteOrchestration.OrchestrationStatus);
    }

    [Fact]
    public void Replay_ofAChangedSequence_isFoundOut()
    {
        AssertFoundOut(async (context, input) =>
        {
            await context.CallActivityAsync(nameof(Dispatch), new Dispatch.Input(input.Tenant, input.RequestId));
            await ApprovalOrchestrator.RunAsync(context, input);
        });
        AssertFoundOut(async (context, input) =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            await ApprovalOrchestrator.RunAsync(context, input);
        });
        AssertFoundOut(async (context, input) =>
        {
            await ApprovalOrchestrator.RunAsync(context, input with { CommandId = null, WakeAt = new DateTimeOffset(context.CurrentUtcDateTime).AddHours(1) });
        });
    }

    [Fact]
    public void Replay_ofAnOtherEnd_isFoundOut()
    {
        var turn = Histories.Read(Recorded)[^1];
        var replayed = Turn.Run(turn.Request, async (context, input) =>
        {
            await ApprovalOrchestrator.RunAsync(context, input);
            await context.CallActivityAsync(nameof(Dispatch), new Dispatch.Input(input.Tenant, input.RequestId));
        });

        Assert.NotEqual(turn.Response.Actions, replayed.Actions);
    }

    private static void AssertFoundOut(Func<TaskOrchestrationContext, ApprovalOrchestrator.Input, Task> changed)
    {
        var last = Turn.Run(Histories.Read(Recorded)[^1].Request, changed);
        var end = Assert.Single(last.Actions, action => action.CompleteOrchestration is not null).CompleteOrchestration;
        Assert.Equal(OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Contains("Non-Deterministic", end.FailureDetails.ErrorMessage, StringComparison.OrdinalIgnoreCase);
    }
}
