using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class OverrideTests
{
    [Fact]
    public void An_override_opens_the_level_again_with_the_rejection_cleared()
    {
        var story = Story.Of(Level("ana"), Level("bo", "cleo")).Approve("ana").Approve("bo").Reject("cleo").Hours(5).Override().Says("Overridden");
        story.Then(RequestStatus.InReview);
        Assert.Equal("bo:approved cleo:waiting", story.Places(2));
        Assert.Equal((2, LevelStatus.Open, story.Now.AddHours(48), 1),
            (story.State.CurrentLevel, story.Level(2).Status, story.Level(2).DueAt!.Value, story.State.Overrides));
        Assert.Null(story.State.DecidedAt);
        story.Approve("cleo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void What_was_overridden_can_be_rejected_and_overridden_again_and_the_fourth_time_alarms()
    {
        var story = Story.Of(Level("ana"));
        for (var count = 1; count <= 4; count++)
        {
            story.Reject("ana").Override();
            Assert.Equal(count, story.State.Overrides);
            Assert.Equal(count > 3, story.Last.Outbox.Any(told => told.Type == "approval.override_alert"));
        }
    }

    [Fact]
    public void A_rejection_by_time_can_be_overridden_too()
    {
        var story = Story.Of(Level("ana") with { OnTimeout = TimeoutAction.Reject }).Hours(48).TimeOut().Then(RequestStatus.Rejected).Override();
        story.Then(RequestStatus.InReview).Approve("ana").Then(RequestStatus.Approved);
    }

    [Fact]
    public void An_escalated_level_stays_with_its_target()
    {
        var story = Story.Of(Level("ana") with { EscalateTo = ["user:zoe"] }).Hours(48).TimeOut().Reject("zoe").Override();
        Assert.Equal((LevelStatus.Escalated, "zoe:waiting"), (story.Level(1).Status, story.Places(1)));
    }

    [Fact]
    public void An_override_needs_a_human_with_the_right_who_is_not_the_requester_and_a_reason()
    {
        var story = Story.Of(Level("ana")).Reject("ana");
        story.Refuses(new Command.Override("x") { By = Agent("olga", Roles.Override) }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Override("x") { By = Human("adam", Roles.Admin) }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Override("x") { By = Human("rita", Roles.Override) }, RefusalCode.SelfApproval)
            .Refuses(new Command.Override("  ") { By = Human("olga", Roles.Override) }, RefusalCode.ReasonRequired)
            .Refuses(new Command.Override(null) { By = Human("olga", Roles.Override) }, RefusalCode.ReasonRequired);
        Story.Of(Level("ana")).Refuses(new Command.Override("x") { By = Human("olga", Roles.Override) }, RefusalCode.InvalidState);
        Story.Of(Level("ana")).Approve("ana").Refuses(new Command.Override("x") { By = Human("olga", Roles.Override) }, RefusalCode.AlreadyDecided);
    }
}
