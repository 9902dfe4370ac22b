namespace Approvals.Functions.Tests.Orchestration;

/// <summary>Faults that outlast all retries: told, and gone on from.</summary>
public sealed class OrchestratorFaultTests
{
    private static readonly DateTimeOffset Soon = Script.Now.AddMinutes(20);
    private static readonly DateTimeOffset Later = Script.Now.AddHours(5);
    private static readonly DateTimeOffset NextTry = Script.Now.AddHours(1);

    [Fact]
    public void Commit_ofACommandFails_isToldAndTheNextOneIsTaken()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Later);
        script.Send("c2");
        script.CommitFails();

        Assert.Equal("commit of c2 failed", script.Status);
        Assert.Equal(["Error: Orchestration contoso:r1: commit of c2 failed."], script.Log);
        Assert.False(script.HasEnded);
        script.Send("c3");
        Assert.Equal(["c1", "c2", "c3"], script.Committed);
    }

    [Fact]
    public void Status_staysUntilWhatFailedIsCarriedOut()
    {
        var script = Script.Start("c1");
        script.CommitFails();
        script.Send("c2");
        script.Done();
        Assert.Equal("commit of c1 failed", script.Status);

        script.Fire();
        script.Done();
        Assert.Null(script.Status);
    }

    [Fact]
    public void Status_ofAFailedDispatch_isClearedByTheNextThatSucceeds()
    {
        var script = Script.Start("c1");
        script.Done(dispatched: false);
        script.DispatchFails();
        script.Fire();
        Assert.Equal("dispatch failed", script.Status);

        script.Done(dispatched: false);
        script.DispatchDone();
        Assert.Null(script.Status);
    }

    [Fact]
    public void Commit_ofACommandFails_isTriedAgainLater()
    {
        var script = Script.Start("c1");
        script.CommitFails();
        Assert.Equal(NextTry.UtcDateTime, Assert.Single(script.Timers).At);

        script.Fire();
        Assert.Equal(["c1", "c1"], script.Committed);
        script.Done(wakeAt: Later);
        Assert.Equal(Later.UtcDateTime, script.Timers[^1].At);
        script.Fire();
        Assert.Equal(["c1", "c1", null], script.Committed);
    }

    [Fact]
    public void Commit_ofACommandFails_whatIsDueGoesBeforeIt()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon);
        script.Send("c2");
        script.CommitFails();
        Assert.Equal(Soon.UtcDateTime, script.Timers[^1].At);

        script.Fire();
        script.Done(wakeAt: Later);
        Assert.Equal(NextTry.UtcDateTime, script.Timers[^1].At);
        script.Fire();
        Assert.Equal(["c1", "c2", null, "c2"], script.Committed);
    }

    [Fact]
    public void Commit_ofACommandFails_theInstanceStaysForItThoughTheRequestIsOver()
    {
        var script = Script.Start("c1");
        script.Done();
        script.Send("c2");
        script.CommitFails();
        script.Send("c3");
        script.Done(live: false);
        Assert.False(script.HasEnded);

        script.Fire();
        Assert.Equal(["c1", "c2", "c3", "c2"], script.Committed);
        script.Done(live: false);
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void Commit_ofWhatIsDueFails_isTriedAgainLater()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon);
        script.Fire();
        script.CommitFails();

        Assert.Equal("commit of what is due failed", script.Status);
        Assert.Equal(Soon.AddHours(1).UtcDateTime, script.Timers[^1].At);
        script.Fire();
        Assert.Equal(["c1", null, null], script.Committed);
    }

    [Fact]
    public void NotDispatched_isDispatched()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Later, dispatched: false);
        Assert.Equal(("contoso", "r1"), (Assert.Single(script.Dispatches).Input.Tenant, script.Dispatches[0].Input.RequestId));
        Assert.Empty(script.Timers);

        script.DispatchDone();
        Assert.Equal(Later.UtcDateTime, Assert.Single(script.Timers).At);
        Assert.Null(script.Status);
    }

    [Fact]
    public void NotDispatched_atTheEnd_isDispatchedBeforeIt()
    {
        var script = Script.Start("c1");
        script.Done(live: false, dispatched: false);
        Assert.False(script.HasEnded);

        script.DispatchDone();
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void Dispatch_fails_theInstanceStaysUntilItIsMadeUpFor()
    {
        var script = Script.Start("c1");
        script.Done(live: false, dispatched: false);
        script.DispatchFails();

        Assert.Equal("dispatch failed", script.Status);
        Assert.False(script.HasEnded);
        Assert.Equal(NextTry.UtcDateTime, Assert.Single(script.Timers).At);
        script.Fire();
        Assert.Equal(["c1", null], script.Committed);
        script.Done(live: false);
        Assert.True(script.HasEnded);
    }

    [Fact]
    public void Dispatch_fails_anEarlierDueTimeIsKept()
    {
        var script = Script.Start("c1");
        script.Done(wakeAt: Soon, dispatched: false);
        script.DispatchFails();
        Assert.Equal(Soon.UtcDateTime, script.Timers[^1].At);

        script.Fire();
        script.Done(wakeAt: Later, dispatched: false);
        script.DispatchFails();
        Assert.Equal(Soon.AddHours(1).UtcDateTime, script.Timers[^1].At);
    }
}
