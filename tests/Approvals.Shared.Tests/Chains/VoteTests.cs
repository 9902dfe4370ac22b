using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class VoteTests
{
    [Fact]
    public void No_agent_decides_whatever_its_roles_and_places()
    {
        var story = Story.Of(Level("bot-7"));
        var bot = Agent("bot-7", Approvals.Actors.Roles.Admin, Approvals.Actors.Roles.Override);
        story.Refuses(new Command.Approve { By = bot }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Reject("no") { By = bot }, RefusalCode.AgentForbidden)
            .Refuses(new Command.RequestChanges("x") { By = bot }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Reassign(null, "bot-7", new("ana"), null) { By = bot }, RefusalCode.AgentForbidden)
            .Refuses(new Command.AddApprover(null, new("ana"), null) { By = bot }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Approve { By = Approvals.Actors.Actor.System }, RefusalCode.AgentForbidden);
        story = Story.Of(Level("ana")).Reject("ana");
        story.Refuses(new Command.Override("why not") { By = bot }, RefusalCode.AgentForbidden);
    }

    [Fact]
    public void The_requester_is_left_out_and_may_not_decide_for_another_either()
    {
        var story = Story.Of(Level("rita", "ana"));
        Assert.Equal("ana:waiting", story.Places(1));
        story.Refuses(new Command.Approve { By = Human("rita"), ActsFor = ["ana"] }, RefusalCode.SelfApproval)
            .Refuses(new Command.Reject("mine") { By = Human("rita") }, RefusalCode.SelfApproval)
            .Refuses(new Command.RequestChanges("mine") { By = Human("rita") }, RefusalCode.SelfApproval);
    }

    [Fact]
    public void A_requester_who_is_an_agent_is_left_out_too()
    {
        var story = Story.Of(Create(Agent("bot-7"), Level("bot-7", "ana")));
        Assert.Equal("ana:waiting", story.Places(1));
        story.Approve("ana").Then(RequestStatus.Approved);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void A_blank_reason_is_no_reason(string? reason) =>
        Story.Of(Level("ana")).Refuses(new Command.Reject(reason) { By = Human("ana") }, RefusalCode.ReasonRequired);

    [Fact]
    public void Strangers_and_approvers_of_other_levels_may_not_decide()
    {
        var story = Story.Of(Level("ana"), Level("bo"));
        story.Refuses(new Command.Approve { By = Human("zoe") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Approve { By = Human("bo") }, RefusalCode.NotAuthorized);
        story.Approve("ana").Refuses(new Command.Approve { By = Human("ana") }, RefusalCode.NotAuthorized);
    }

    [Fact]
    public void Whoever_comes_late_is_told_that_it_is_decided()
    {
        var story = Story.Of(Any("ana", "bo"), Level("cleo", "dora"), Level("emil"));
        story.Approve("ana").Refuses(new Command.Approve { By = Human("bo") }, RefusalCode.AlreadyDecided);
        story.Approve("cleo").Refuses(new Command.Approve { By = Human("cleo") }, RefusalCode.AlreadyDecided);
        story.Approve("dora").Approve("emil").Refuses(new Command.Approve { By = Human("emil") }, RefusalCode.AlreadyDecided);
    }

    [Fact]
    public void A_delegate_decides_for_the_approver_and_history_names_both()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Delegates["ana"] = "bo");
        Assert.Equal("bo:waiting", story.Places(1));
        story.Approve("bo", actsFor: "ana").Then(RequestStatus.Approved);
        var place = story.Level(1).Groups[0].Approvers[0];
        Assert.Equal(("bo", "ana", "bo"), (place.Shown, place.OnBehalfOf, place.DecidedBy));
        Assert.Equal(("ana", "ana"), (story.Event<ChainEvent.Approved>().Person, story.Event<ChainEvent.Approved>().OnBehalfOf));
    }

    [Fact]
    public void The_approver_may_still_act_while_a_delegate_is_asked()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Delegates["ana"] = "bo").Approve("ana");
        Assert.Null(story.Event<ChainEvent.Approved>().OnBehalfOf);
        Assert.Null(story.Level(1).Groups[0].Approvers[0].OnBehalfOf);
    }

    [Fact]
    public void A_delegation_that_ended_since_gives_no_authority_and_a_new_one_does_at_once()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Delegates["ana"] = "bo");
        story.Refuses(new Command.Approve { By = Human("bo") }, RefusalCode.NotAuthorized);
        story.Approve("cy", actsFor: "ana").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Own_places_come_before_those_of_others_and_then_the_nearest()
    {
        var story = Story.Of(Level("ana", "bo", "cleo"), Level("dora"));
        story.Approve("bo", actsFor: ["cleo", "ana"]);
        Assert.Equal("ana:waiting bo:approved cleo:waiting", story.Places(1));

        story = Story.Of(Level("ana", "cleo"), Level("dora")).Approve("bo", actsFor: ["cleo", "ana"]);
        Assert.Equal("ana:waiting bo:approved", story.Places(1));
    }

    [Fact]
    public void One_human_counts_once_in_a_group()
    {
        var story = Story.Of(Level("ana", "bo")).Approve("bo", actsFor: "ana");
        story.Refuses(new Command.Approve { By = Human("bo"), ActsFor = ["ana"] }, RefusalCode.AlreadyDecided);
        Assert.Equal("ana:waiting bo:approved", story.Places(1));

        // Two delegators with the same delegate: the second must answer for themself.
        story = Story.Of(Create(Level("ana", "cleo")), desk => desk.Delegates["ana"] = desk.Delegates["cleo"] = "bo").Approve("bo", "ana", "cleo");
        story.Refuses(new Command.Approve { By = Human("bo"), ActsFor = ["ana", "cleo"] }, RefusalCode.AlreadyDecided);
        story.Approve("cleo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void One_answer_counts_in_every_group_that_asks_the_person()
    {
        var story = Story.Of(Level(Group(Strategy.Any, "ana", "bo"), QuorumOf(2, "ana", "cleo", "dora")));
        story.Approve("ana").Then(RequestStatus.InReview);
        Assert.Equal("ana:approved cleo:waiting dora:waiting", story.Places(1, group: 1));
        story.Refuses(new Command.Approve { By = Human("bo") }, RefusalCode.AlreadyDecided);
        story.Approve("dora").Then(RequestStatus.Approved);
    }

    [Fact]
    public void With_distinct_approvers_nobody_passes_two_levels()
    {
        var create = Create(Level("ana"), Level("ana", "bo"), Any("ana", "cleo", "emil")) with { DistinctApprovers = true };
        var story = Story.Of(create).Approve("ana");
        Assert.Equal("bo:waiting", story.Places(2));
        story.Refuses(new Command.Approve { By = Human("ana"), ActsFor = ["bo"] }, RefusalCode.NotAuthorized);

        // dora acts for bo; at the next level neither dora nor bo counts again.
        story.Approve("dora", actsFor: "bo");
        Assert.Equal("cleo:waiting emil:waiting", story.Places(3));
        story.Refuses(new Command.Approve { By = Human("dora"), ActsFor = ["cleo"] }, RefusalCode.NotAuthorized);
        story.Approve("cleo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Without_distinct_approvers_one_person_may_pass_two_levels() =>
        Story.Of(Level("ana"), Level("ana")).Approve("ana").Approve("ana").Then(RequestStatus.Approved);

    [Fact]
    public void Comments_and_reasons_are_kept_trimmed()
    {
        var story = Story.Of(Level("ana", "bo")).When(new Command.Approve("  ok  ") { By = Human("ana") });
        Assert.Equal("ok", story.Level(1).Groups[0].Approvers[0].Comment);
        Assert.Equal("too dear", story.Reject("bo", " too dear ").Event<ChainEvent.Rejected>().Reason);
    }
}
