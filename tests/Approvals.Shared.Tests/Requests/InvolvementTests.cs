using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Requests;
using Approvals.Tests.Chains;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Requests;

public sealed class InvolvementTests
{
    [Fact]
    public void Requester_watchers_approvers_and_their_delegates_are_involved()
    {
        var story = Story.Of(Create(Level("ana", "bo"), Level("cleo")) with { Watchers = ["wim", "rita"] }, desk => desk.Delegates["ana"] = "dora");
        Assert.Equal(["rita", "wim", "ana", "dora", "bo"], Involvement.Of(story.State).AsEnumerable());
        Assert.Equal(["rita", "wim", "ana", "dora", "bo"], story.Last.Involved.AsEnumerable());
        Assert.Equal(["ana", "dora", "bo"], Involvement.Approvers(story.State).AsEnumerable());
    }

    [Fact]
    public void A_transition_names_those_who_are_new()
    {
        var story = Story.Of(Level("ana"), Level("ana", "cleo"));
        story.When(new Command.AddComment("x") { By = Human("ana") });
        Assert.Empty(story.Last.Involved);
        story.Approve("zoe", actsFor: "ana");
        Assert.Equal(["zoe", "cleo"], story.Last.Involved.AsEnumerable());
    }

    [Fact]
    public void A_request_waits_for_open_places_in_groups_that_have_not_passed()
    {
        var story = Story.Of(Create(Level(Group(Strategy.Any, "ana", "bo"), Group(Strategy.All, "cleo", "dora")), Level("emil")), desk => desk.Delegates["dora"] = "yan");
        Assert.Equal(["ana", "bo", "cleo", "dora"], Involvement.WaitingFor(story.State).AsEnumerable());
        Assert.Equal(["ana", "bo", "cleo", "dora", "yan"], Involvement.Asked(story.State).AsEnumerable());
        story.Approve("ana").Approve("cleo");
        Assert.Equal("dora", Assert.Single(Involvement.WaitingFor(story.State)));
        Assert.Equal(["dora", "yan"], Involvement.Asked(story.State).AsEnumerable());
        story.Approve("dora");
        Assert.Equal("emil", Assert.Single(Involvement.WaitingFor(story.State)));
        Assert.Empty(Involvement.WaitingFor(story.Approve("emil").State));
    }

    [Fact]
    public void Who_answered_in_their_own_place_is_barred_from_that_of_their_delegator()
    {
        var story = Story.Of(Create(Level(Group(Strategy.All, "ana", "bo", "cleo"), Group(Strategy.Any, "dora"))), desk => desk.Delegates["ana"] = "bo");
        Assert.Empty(Involvement.Barred(story.State, "ana"));
        Assert.Equal(["ana", "bo", "cleo", "dora"], Involvement.Asked(story.State).AsEnumerable());

        story.Approve("bo", actsFor: "ana");
        Assert.Equal(["bo"], Involvement.Barred(story.State, "ana").AsEnumerable());
        Assert.Empty(Involvement.Barred(story.State, "dora"));
        story.Refuses(new Command.Approve { By = Human("bo"), ActsFor = ["ana"] }, RefusalCode.AlreadyDecided);
        Assert.Equal(["ana", "cleo", "dora"], Involvement.Asked(story.State).AsEnumerable());
    }

    [Fact]
    public void With_distinct_approvers_who_passed_a_level_is_barred_from_the_next()
    {
        var story = Story.Of(Create(Level("ana"), Level("cleo")) with { DistinctApprovers = true }).Approve("ana");
        Assert.Equal(["ana"], Involvement.Barred(story.State, "cleo").AsEnumerable());
        Assert.Empty(Involvement.Barred(Story.Of(Level("ana"), Level("cleo")).Approve("ana").State, "cleo"));
    }

    [Fact]
    public void Nobody_is_waited_for_in_drafts_and_in_what_is_over()
    {
        Assert.Empty(Involvement.WaitingFor(Story.Of(Create(Level("ana")), submit: false).State));
        Assert.Empty(Involvement.WaitingFor(Story.Of(Level("ana")).When(new Command.Withdraw { By = Human("rita") }).State));
    }

    [Fact]
    public void Whoever_lost_their_place_to_an_escalation_or_a_resubmission_stays_involved()
    {
        var story = Story.Of(Level("ana") with { EscalateTo = ["user:zoe"] }).Hours(48).TimeOut();
        Assert.Equal(["ana", "zoe"], Involvement.Approvers(story.State).AsEnumerable());
        Assert.Equal("zoe", Assert.Single(story.Last.Involved));

        story = Story.Of(Level("ana"), Level("bo")).Approve("ana").When(new Command.RequestChanges(null) { By = Human("cy"), ActsFor = ["bo"] });
        story.When(new Command.Resubmit("bb") { By = Human("rita") }).When(new Command.Withdraw { By = Human("rita") });
        Assert.Equal(["ana", "bo"], Involvement.Approvers(story.State).AsEnumerable());
    }
}
