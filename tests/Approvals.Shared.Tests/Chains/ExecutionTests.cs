using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Sla;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class ExecutionTests
{
    private static readonly Actor Rita = Human("rita");

    private static Story Approved() => Story.Of(Level("ana")).Approve("ana");

    private static Command.ClaimGrant Claim(Actor by, string hash = Hash, string id = "x1") => new(hash, id) { By = by };

    private static Command.ReportExecution Report(bool succeeded, string id = "x1") => new(id, succeeded) { By = Rita };

    [Fact]
    public void Only_the_requester_claims_and_only_what_was_approved() =>
        Approved()
            .Refuses(Claim(Human("ana")), RefusalCode.NotAuthorized)
            .Refuses(Claim(Agent("rita")), RefusalCode.NotAuthorized)
            .Refuses(Claim(Rita, hash: "ff"), RefusalCode.PayloadChanged)
            .When(Claim(Rita)).Says("ExecutionClaimed");

    [Fact]
    public void An_agent_executes_what_it_asked_for()
    {
        var story = Story.Of(Create(Agent("bot-7"), Level("ana"))).Approve("ana").When(Claim(Agent("bot-7")));
        story.When(new Command.ReportExecution("x1", true) { By = Agent("bot-7") }).Says("ExecutionReported");
    }

    [Fact]
    public void A_grant_is_claimed_once_and_the_same_claim_may_repeat()
    {
        var story = Approved().When(Claim(Rita)).When(Claim(Rita)).Says();
        story.Refuses(Claim(Rita, id: "x2"), RefusalCode.AlreadyExecuted);
        story.When(Report(true)).Refuses(Claim(Rita, id: "x2"), RefusalCode.AlreadyExecuted);
    }

    [Fact]
    public void A_grant_ends()
    {
        Approved().After(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1)).When(Claim(Rita)).Says("ExecutionClaimed");
        Approved().Hours(24).Refuses(Claim(Rita), RefusalCode.GrantExpired);
    }

    [Fact]
    public void Nothing_is_executed_without_approval()
    {
        Story.Of(Level("ana")).Refuses(Claim(Rita), RefusalCode.InvalidState);
        Story.Of(Level("ana")).Reject("ana").Refuses(Claim(Rita), RefusalCode.Denied);
        Story.Of(Level("ana")).Hours(48).TimeOut().Refuses(Claim(Rita), RefusalCode.Timeout);
    }

    [Fact]
    public void An_outcome_is_reported_once_and_may_repeat()
    {
        var story = Approved().Refuses(Report(true), RefusalCode.InvalidState).When(Claim(Rita)).Refuses(Report(true, "x9"), RefusalCode.NotFound);
        story.Refuses(new Command.ReportExecution("x1", true) { By = Human("ana") }, RefusalCode.NotAuthorized);
        story.When(Report(false)).Says("ExecutionReported").When(Report(false)).Says();
        story.Refuses(Report(true), RefusalCode.AlreadyExecuted);
        Assert.Equal((ExecutionOutcome.Failed, story.Now), (story.State.Grant!.Execution!.Outcome, story.State.Grant.Execution.ReportedAt!.Value));
    }

    [Fact]
    public void A_claim_without_a_report_becomes_unknown_and_the_report_is_still_welcome()
    {
        var abandon = new Command.AbandonExecution { By = Actor.System };
        var story = Approved().When(Claim(Rita));
        Assert.Equal(new DueItem(story.Now + Chain.ReportWithin, DueKind.AbandonExecution), Schedule.Next(story.State));
        story.When(abandon).Says().After(Chain.ReportWithin).When(abandon).Says("ExecutionReported").When(abandon).Says();
        Assert.Equal(ExecutionOutcome.Unknown, story.State.Grant!.Execution!.Outcome);
        Assert.Null(story.State.Grant.Execution.ReportedAt);
        Assert.Null(Schedule.Next(story.State));
        story.When(Report(true)).Says("ExecutionReported");
        Assert.Equal(ExecutionOutcome.Succeeded, story.State.Grant!.Execution!.Outcome);
    }
}
