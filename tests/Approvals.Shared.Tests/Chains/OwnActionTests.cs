using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using FsCheck;
using FsCheck.Fluent;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>The floor below every policy for the service's own actions, whatever a policy that was published before says.</summary>
public sealed class OwnActionTests
{
    private static Command.Create Publication(params LevelDefinition[] levels) =>
        Create(levels) with { Origin = RequestOrigin.Service, ActionType = "approvals.policy.publish", Barred = ["walt"] };

    [Fact]
    public void Skipped_levels_are_the_fallback_approvers()
    {
        var story = Story.Of(Publication(Level("ana")), desk =>
        {
            desk.Skipped.Add(1);
            desk.Fallback = Make.People("rita", "walt", "zoe");
        });
        Assert.Equal((RequestStatus.InReview, "zoe:waiting"), (story.Status, story.Places(2)));
    }

    [Fact]
    public void No_rule_and_no_time_approves()
    {
        var automatic = Story.Of(Publication(Level("ana") with { OnTimeout = TimeoutAction.AutoApprove }), desk => desk.AutoApproved[1] = "true");
        Assert.Equal((RequestStatus.InReview, "ana:waiting"), (automatic.Status, automatic.Places(1)));
        automatic.Hours(100).TimeOut().Then(RequestStatus.Expired);
    }

    [Fact]
    public void The_author_is_not_asked_does_not_answer_for_others_and_chooses_nobody()
    {
        var story = Story.Of(Publication(Level("walt", "ana")), desk => desk.Delegates["ana"] = "walt");
        Assert.Equal("ana:waiting", story.Places(1));
        story.Refuses(new Command.Approve { By = Human("walt"), ActsFor = ["ana"] }, RefusalCode.SelfApproval)
            .Refuses(new Command.Reject("no") { By = Human("walt"), ActsFor = ["ana"] }, RefusalCode.SelfApproval)
            .Refuses(new Command.AddApprover(null, new Candidate("bo"), null) { By = Human("walt", Roles.Admin) }, RefusalCode.SelfApproval)
            .Refuses(new Command.AddApprover(null, new Candidate("walt"), null) { By = Human("olga", Roles.Admin) }, RefusalCode.ValidationFailed)
            .Refuses(new Command.Reassign(null, "ana", new Candidate("walt"), null) { By = Human("olga", Roles.Admin) }, RefusalCode.ValidationFailed)
            .Reject("ana")
            .Refuses(new Command.Override("no") { By = Human("walt", Roles.Override) }, RefusalCode.SelfApproval);
    }

    [Fact]
    public void Where_nobody_but_requester_and_author_is_left_it_is_refused() => Assert.Equal(
        RefusalCode.InvalidLevel,
        Story.Of(Publication(Level("walt", "rita")), submit: false).Try(new Command.Submit { By = Human("rita") }).Last.Receipt.Refusal?.Code);

    [Fact]
    public void Whatever_happens_it_is_approved_by_a_human_who_is_neither_requester_nor_author() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(60), Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf().ToArbitrary(), moves =>
        {
            var story = RandomStory.Begin(moves.FirstOrDefault(), create => create with { ActionType = "approvals.policy.publish", Barred = ["p0"] });
            foreach (var move in moves.Skip(1))
            {
                story.Play(move);
                Assert.DoesNotContain(story.History, happened => happened is ChainEvent.AutoApproved);
                Assert.True(story.Status != RequestStatus.Approved || story.CurrentRound().Any(
                    happened => happened is ChainEvent.Approved { By: { Type: ActorType.Human, Id: not ("rita" or "p0") }, Person: not ("rita" or "p0") }));
            }
            return true;
        }));
}
