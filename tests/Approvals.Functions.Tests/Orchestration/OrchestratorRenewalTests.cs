using Approvals.Functions.Orchestration.V1;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>The history is begun anew after many transitions, and nothing is lost by it.</summary>
public sealed class OrchestratorRenewalTests
{
    private static readonly DateTimeOffset WakeAt = Script.Now.AddDays(2);

    [Fact]
    public void Transitions_200_beginAnew()
    {
        var script = Script.Start("c1");
        Transitions(script, 199);
        Assert.Empty(script.Continued);

        script.Done(wakeAt: WakeAt);
        Assert.Equal((new ApprovalOrchestrator.Input("contoso", "r1", null, WakeAt), true), Assert.Single(script.Continued));
        Assert.True(script.HasEnded);
        Assert.Equal(200, script.Commits.Count);
    }

    [Fact]
    public void Transitions_200_whatHasArrivedIsTakenAlong()
    {
        var script = Script.Start("c1");
        Transitions(script, 199);
        script.Send("late");
        script.Send("later");
        script.Done(wakeAt: WakeAt);

        var (next, preserve) = Assert.Single(script.Continued);
        Assert.Equal(("late", WakeAt, true), (next.CommandId, next.WakeAt, preserve));
        Assert.Equal(["later"], next.Behind!);
        Assert.DoesNotContain("late", script.Committed);
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void Transitions_200_ofARequestThatIsOver_anEventThatHasArrivedIsTakenAlong()
    {
        var script = Script.Start("c1");
        Transitions(script, 199);
        script.Send("late");
        script.Done(live: false);

        Assert.Equal("late", Assert.Single(script.Continued).Input.CommandId);
    }

    [Fact]
    public void Transitions_200_thoseBehindAnotherCount()
    {
        var script = Script.Start("c1");
        Transitions(script, 197);
        script.Send("c2");
        script.Send("c3");
        script.Done();
        Assert.Equal(["c3"], script.Behind);
        script.Done(wakeAt: WakeAt);

        Assert.Equal((new ApprovalOrchestrator.Input("contoso", "r1", null, WakeAt), true), Assert.Single(script.Continued));
    }

    [Fact]
    public void Transitions_200_ofARequestThatIsOver_end()
    {
        var script = Script.Start("c1");
        Transitions(script, 199);
        script.Done(live: false);

        Assert.Empty(script.Continued);
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void BegunAnew_waitsFirst()
    {
        var script = Script.Start(commandId: null, WakeAt);
        Assert.Empty(script.Commits);
        Assert.Equal(WakeAt.UtcDateTime, Assert.Single(script.Timers).At);

        script.Fire();
        Assert.Equal([null], script.Committed);
    }

    [Fact]
    public void BegunAnew_carriesOutWhatWasTakenAlongInItsOrder()
    {
        var script = Script.Start("c1", WakeAt, behind: ["c2", "c3"]);
        Assert.Equal(["c1"], script.Committed);
        Assert.Equal(["c2", "c3"], script.Behind);

        script.Done(behind: 1);
        Assert.Equal(["c1", "c3"], script.Committed);
    }

    [Fact]
    public void Transitions_200_whatFailedIsTakenAlong()
    {
        var script = Script.Start("c1");
        script.CommitFails();
        script.Send("c2");
        Transitions(script, 198);
        script.Done(wakeAt: WakeAt);
        Assert.Equal(["c1"], Assert.Single(script.Continued).Input.Failed!);

        var next = Script.Start(commandId: null, WakeAt, failed: ["c1"]);
        Assert.Equal(Script.Now.AddHours(1).UtcDateTime, Assert.Single(next.Timers).At);
        next.Fire();
        Assert.Equal(["c1"], next.Committed);
    }

    /// <summary>Completes that many, and leaves the next under way.</summary>
    private static void Transitions(Script script, int count)
    {
        for (var i = 0; i < count; i++)
        {
            script.Done();
            script.Send($"n{i}");
        }
    }
}
