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

        script.Done();
        script.Done();
        script.Done();
        Assert.Equal(["c1", "c2", "c3", "c4"], script.Committed);
        Assert.False(script.HasEnded);
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

        script.Done(live: false);
        Assert.Equal(["c1", "c2", "c3"], script.Committed);
        script.Done(live: false);
        Assert.True(script.HasEnded);
    }
}
