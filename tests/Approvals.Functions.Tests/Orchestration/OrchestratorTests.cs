using Approvals.Functions.Orchestration.V1;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>Commands, due times and the end.</summary>
public sealed class OrchestratorTests
{
    private static readonly DateTimeOffset Soon = Script.Now.AddHours(2);
    private static readonly DateTimeOffset Later = Script.Now.AddHours(5);

    [Fact]
    public void Start_commitsTheFirstCommandBeforeAnythingElse()
    {
        var script = Script.Start("c1");

        var commit = Assert.Single(script.Commits);
        Assert.Equal(("contoso", "r1", "c1"), (commit.Input.Tenant, commit.Input.RequestId, commit.Input.CommandId));
        Assert.Equal(10, commit.Options!.Retry!.Policy!.MaxNumberOfAttempts);
        Assert.Empty(script.Timers);
        Assert.False(script.HasEnded);
    }

    [Fact]
    public void Start_aCommandSentMeanwhile_comesSecond()
    {
        var script = Script.Start("c1");
        script.Send("c2");
        Assert.Equal(["c1"], script.Committed);

        script.Done();
        Assert.Equal(["c1", "c2"], script.Committed);
    }

    [Fact]
    public void Wait_isKeptUntilAnEventCompletesIt()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon);
        script.Fire();
        script.Done(wakeAt: Later);
        script.Fire();
        script.Done(wakeAt: Later.AddHours(1));
        Assert.Single(script.Waits);

        script.Send("c2");
        Assert.Equal(2, script.Waits.Count);
        Assert.Equal(["c1", null, null, "c2"], script.Committed);
    }

    [Fact]
    public void Events_thatArriveTogether_areTakenInOrderEachOnce()
    {
        var script = Script.Start("c1");
        script.Done();
        script.Send("c2");
        script.Send("c3");
        script.Send("c4");
        Assert.Equal(["c1", "c2"], script.Committed);
        Assert.Empty(script.Behind);

        script.Done();
        Assert.Equal(["c1", "c2", "c3"], script.Committed);
        Assert.Equal(["c4"], script.Behind);
        script.Done();
        Assert.Equal(3, script.Commits.Count);
        Assert.False(script.HasEnded);
    }

    [Fact]
    public void Events_moreThanAnActivityCarriesOut_areTakenByTheNext()
    {
        var script = Script.Start("c1");
        for (var i = 0; i < ApprovalOrchestrator.MostBehind + 3; i++)
        {
            script.Send($"n{i}");
        }

        script.Done();
        Assert.Equal(ApprovalOrchestrator.MostBehind, script.Behind.Count());
        script.Done(live: false);
        Assert.Equal(["c1", "n0", $"n{ApprovalOrchestrator.MostBehind + 1}"], script.Committed);
        Assert.Equal([$"n{ApprovalOrchestrator.MostBehind + 2}"], script.Behind);
        script.Done(live: false);
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void Behind_whatAnActivityLeft_goesFirstInTheNext()
    {
        var script = Script.Start("c1");
        script.Send("c2");
        script.Send("c3");
        script.Send("c4");
        script.Done();
        script.Send("c5");
        script.Done(live: false, behind: 1);
        Assert.Equal(["c1", "c2", "c4"], script.Committed);
        Assert.Equal(["c5"], script.Behind);

        script.Done(live: false);
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void Behind_aCommandThatFails_isTakenFirstAndThenPassed()
    {
        var script = Script.Start("c1");
        script.Send("c2");
        script.Send("c3");
        script.Done();
        script.CommitFails();

        Assert.Equal("commit of c2 failed", script.Status);
        Assert.Equal(["c1", "c2", "c3"], script.Committed);
        Assert.Empty(script.Behind);
    }

    [Fact]
    public void WakeAt_setsOneTimerAtATime()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon);
        Assert.Equal(Soon.UtcDateTime, Assert.Single(script.Timers).At);

        script.Send("c2");
        Assert.True(script.Timers[0].Token.IsCancellationRequested);
        Assert.Single(script.Timers);

        script.Done(wakeAt: Later);
        Assert.Equal(Later.UtcDateTime, script.Timers[1].At);
        Assert.False(script.Timers[1].Token.IsCancellationRequested);
    }

    [Fact]
    public void WakeAt_ofALaterZone_isThatMomentInUtc()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon.ToOffset(TimeSpan.FromHours(9)));

        Assert.Equal((Soon.UtcDateTime, DateTimeKind.Utc), (script.Timers[0].At, script.Timers[0].At.Kind));
    }

    [Fact]
    public void WakeAt_none_setsNoTimer()
    {
        var script = Script.Start("c1");
        script.Done();

        Assert.Empty(script.Timers);
        Assert.False(script.HasEnded);
    }

    [Fact]
    public void Timer_fires_commitsWhatIsDue()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon);
        script.Fire();

        Assert.Equal(["c1", null], script.Committed);
        Assert.False(script.Timers[0].Token.IsCancellationRequested);
    }

    [Fact]
    public void NotLive_ends()
    {
        var script = Script.Start("c1");
        script.Done(live: false);

        Assert.True(script.HasEnded);
        Assert.Empty(script.Continued);
        Assert.Empty(script.Timers);
    }

    [Fact]
    public void NotLive_anEventThatArrivedDuringTheLastCommit_isStillTaken()
    {
        var script = Script.Start("c1");
        script.Send("c2");
        script.Send("c3");
        script.Done(live: false);
        Assert.Equal(["c1", "c2"], script.Committed);
        Assert.Equal(["c3"], script.Behind);

        script.Done(live: false);
        Assert.True(script.HasEnded);
    }
}
