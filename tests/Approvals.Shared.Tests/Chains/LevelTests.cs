using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class LevelTests
{
    [Fact]
    public void A_request_needs_levels_groups_and_approvers()
    {
        Command.Create[] invalid =
        [
            Create(),
            Create() with { Levels = default },
            Create(Level("ana"), new LevelDefinition { Name = "nobody", Groups = [] }),
            Create(new LevelDefinition { Name = "unset", Groups = default }),
            Create(Level(Group(Strategy.Any))),
            Create(Level(new GroupDefinition { Approvers = [" "] })),
            Create(Level(Group(Strategy.Quorum, "ana"))),
            Create(Level(QuorumOf(0, "ana"))),
            Create(Level(Share(101, "ana"))),
            Create(Level("ana") with { RespondWithin = TimeSpan.Zero }),
            Create([.. Enumerable.Repeat(Level("ana"), Chain.MaxLevels + 1)]),
        ];
        Assert.All(invalid, create => Assert.Equal(RefusalCode.InvalidLevel, Chain.Decide(null, create, Start).Refusal?.Code));
    }

    [Fact]
    public void Skipped_levels_are_passed_over_within_the_same_transition()
    {
        var story = Story.Of(Create(Level("ana"), Level("bo"), Level("cleo")), desk => desk.Skipped.UnionWith([1, 2]));
        story.Says("Requested", "Submitted", "LevelSkipped", "LevelSkipped", "LevelEntered");
        Assert.Equal((3, LevelStatus.Skipped), (story.State.CurrentLevel, story.Level(2).Status));
        story.Approve("cleo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Where_all_levels_are_skipped_the_fallback_approvers_are_asked()
    {
        var story = Story.Of(Create(Level("ana"), Level("bo")), desk =>
        {
            desk.Skipped.UnionWith([1, 2]);
            desk.Fallback = Make.People("rita", "zoe", "yan");
        }).Says("Requested", "Submitted", "LevelSkipped", "LevelSkipped", "LevelEntered").Then(RequestStatus.InReview);
        Assert.Equal((3, 3, "zoe:waiting yan:waiting"), (story.State.Levels.Length, story.State.CurrentLevel, story.Places(3)));
        Assert.True(story.Level(3).Definition.HumanOnly);
        story.Refuses(new Command.Approve { By = Human("ana") }, RefusalCode.NotAuthorized).Approve("yan").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Where_all_levels_are_skipped_and_no_fallback_approver_is_left_nothing_is_asked() => Assert.Equal(
        RefusalCode.InvalidLevel,
        Story.Of(Create(Level("ana")), desk => desk.Skipped.Add(1), submit: false).Try(new Command.Submit { By = Human("rita") }).Last.Receipt.Refusal?.Code);

    [Theory]
    [InlineData(new[] { 1, 2 }, 0)]
    [InlineData(new[] { 2 }, 1)]
    [InlineData(new[] { 1 }, 2)]
    public void A_level_that_a_rule_approves_counts_as_asked(int[] skipped, int automatic)
    {
        var story = Story.Of(Create(Level("ana"), Level("bo")), desk =>
        {
            desk.Skipped.UnionWith(skipped);
            desk.AutoApproved[automatic] = "true";
            desk.Fallback = Make.People("zoe");
        });
        Assert.Equal(automatic == 0 ? RequestStatus.InReview : RequestStatus.Approved, story.Status);
    }

    [Fact]
    public void A_resubmission_into_a_gap_is_the_fallback_approvers()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Fallback = Make.People("zoe"))
            .When(new Command.RequestChanges("smaller") { By = Human("ana") });
        story.Desk.Skipped.Add(1);
        story.When(new Command.Resubmit("bb") { By = Human("rita") }).Then(RequestStatus.InReview);
        Assert.Equal("zoe:waiting", story.Places(2));
    }

    [Fact]
    public void The_current_level_is_the_one_reached_last_skipped_or_not()
    {
        var story = Story.Of(Create(Level("ana"), Level("bo"), Level("cleo")), desk => desk.Skipped.UnionWith([1, 3]));
        Assert.Equal(2, story.State.CurrentLevel);
        story.Approve("bo").Then(RequestStatus.Approved);
        Assert.Equal((3, LevelStatus.Skipped), (story.State.CurrentLevel, story.Level(3).Status));
    }

    [Fact]
    public void A_rule_approves_a_level_in_the_name_of_the_system()
    {
        var story = Story.Of(Create(Level("ana"), Level("bo")), desk => desk.AutoApproved[1] = "payload.amount < 100");
        story.Says("Requested", "Submitted", "AutoApproved", "LevelApproved", "LevelEntered");
        Assert.Equal(("system", "payload.amount < 100"), (story.Event<ChainEvent.AutoApproved>().By.Id, story.Event<ChainEvent.AutoApproved>().Rule));
        Assert.Equal((LevelStatus.Approved, 1), (story.Level(1).Status, story.State.AutomaticDecisions));
        Story.Of(Create(Level("ana")), desk => desk.AutoApproved[1] = "true").Then(RequestStatus.Approved);
    }

    [Fact]
    public void After_five_automatic_decisions_people_are_asked()
    {
        var levels = Enumerable.Repeat(Level("ana"), 7).ToArray();
        var story = Story.Of(Create(levels), desk => Enumerable.Range(1, 7).ToList().ForEach(level => desk.AutoApproved[level] = "true"));
        Assert.Equal((6, 5), (story.State.CurrentLevel, story.State.AutomaticDecisions));
        story.Then(RequestStatus.InReview).Approve("ana").Then(RequestStatus.InReview).Approve("ana").Then(RequestStatus.Approved);
        Assert.Equal(5, story.State.AutomaticDecisions);
    }

    [Fact]
    public void A_level_for_humans_only_is_never_automatic()
    {
        var story = Story.Of(Create(Level("ana") with { HumanOnly = true }), desk => desk.AutoApproved[1] = "true").Then(RequestStatus.InReview);
        Assert.Equal(0, story.State.AutomaticDecisions);
    }

    [Fact]
    public void A_condition_that_fails_means_that_people_are_asked()
    {
        void Failing(Desk desk)
        {
            desk.ConditionFault = "no such member: amount";
            desk.Skipped.Add(1);
            desk.AutoApproved[1] = "true";
        }
        var story = Story.Of(Create(Level("ana")), Failing).Then(RequestStatus.InReview);
        Assert.Equal("no such member: amount", story.Event<ChainEvent.LevelEntered>().ConditionFault);
        Assert.Equal("no such member: amount", story.Last.Audit[^1].Reason);
    }

    [Fact]
    public void Nobody_is_asked_twice_in_a_group()
    {
        var story = Story.Of(Level("ana", "bo", "ana"));
        Assert.Equal("ana:waiting bo:waiting", story.Places(1));
    }

    [Fact]
    public void A_place_routed_to_the_requester_goes_back_to_its_person()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Delegates["ana"] = "rita");
        Assert.Equal("ana:waiting", story.Places(1));
    }

    [Fact]
    public void An_empty_level_goes_to_its_escalation_targets_and_one_of_them_is_enough()
    {
        var story = Story.Of(Level("rita") with { EscalateTo = ["user:zoe", "user:rita", "user:yan"] });
        story.Says("Requested", "Submitted", "Escalated", "LevelEntered").Then(RequestStatus.InReview);
        var escalated = story.Event<ChainEvent.Escalated>();
        Assert.Equal(("nobody to approve", false), (escalated.Reason, escalated.TimedOut));
        Assert.Equal("zoe:waiting yan:waiting", story.Places(1));
        Assert.Equal((LevelStatus.Escalated, 0), (story.Level(1).Status, story.Level(1).Escalations));
        story.Approve("yan").Then(RequestStatus.Approved);
    }

    [Fact]
    public void An_empty_level_without_targets_goes_to_the_next_levels_approvers_then_to_the_fallback()
    {
        var story = Story.Of(Create(Level("rita"), Level("bo")));
        Assert.Equal("bo:waiting", story.Places(1));

        story = Story.Of(Create(Level("rita")), desk => desk.Fallback = People("rita", "admin"));
        Assert.Equal("admin:waiting", story.Places(1));
    }

    [Fact]
    public void A_quorum_that_is_short_of_people_is_filled_up()
    {
        var level = Level(QuorumOf(3, "ana", "rita")) with { EscalateTo = ["user:ana", "user:zoe"] };
        var story = Story.Of(Create(level), desk => desk.Fallback = People("admin"));
        Assert.Equal("ana:waiting zoe:waiting admin:waiting", story.Places(1));
        Assert.Equal(["zoe", "admin"], story.Event<ChainEvent.Escalated>().Targets.Select(target => target.Person));
        story.Approve("ana").Approve("zoe").Then(RequestStatus.InReview).Approve("admin").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Where_nobody_is_left_the_submission_is_refused()
    {
        var story = Story.Of(Create(Level("rita")), submit: false);
        story.Refuses(new Command.Submit { By = Human("rita") }, RefusalCode.InvalidLevel).Then(RequestStatus.Draft);
    }

    [Fact]
    public void Where_nobody_is_left_for_the_next_level_the_vote_is_refused_whole()
    {
        var story = Story.Of(Level("ana"), Level("rita"));
        story.Refuses(new Command.Approve { By = Human("ana") }, RefusalCode.InvalidLevel);
        Assert.Equal("ana:waiting", story.Places(1));
    }

    [Fact]
    public void An_entry_that_comes_again_or_for_another_level_changes_nothing()
    {
        var story = Story.Of(Level("ana"), Level("bo"));
        foreach (var level in (int[])[0, 1, 2, 3])
        {
            story.When(new Command.EnterLevel(new LevelResolution { Level = level, Groups = [People("eve")] }) { By = Approvals.Actors.Actor.System }).Says();
        }
        story.Refuses(new Command.EnterLevel(new LevelResolution { Level = 1 }) { By = Human("ana") }, RefusalCode.NotAuthorized);
    }
}
