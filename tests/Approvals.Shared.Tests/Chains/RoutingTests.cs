using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class RoutingTests
{
    private static readonly Actor Admin = Human("adam", Roles.Admin);

    private static Command.Reassign Hand(Actor by, string? from, string to, params string[] actsFor) =>
        new(null, from, new Candidate(to), "on leave") { By = by, ActsFor = [.. actsFor] };

    private static Command.AddApprover Add(Actor by, string who, params string[] actsFor) =>
        new(null, new Candidate(who), null) { By = by, ActsFor = [.. actsFor] };

    [Fact]
    public void An_approver_hands_their_place_over()
    {
        var story = Story.Of(Level("ana", "bo")).When(Hand(Human("ana"), null, "cleo")).Says("Reassigned");
        Assert.Equal("ana:reassigned cleo:waiting bo:waiting", story.Places(1));
        story.Refuses(new Command.Approve { By = Human("ana") }, RefusalCode.NotAuthorized);
        story.Approve("cleo").Approve("bo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void A_place_handed_over_counts_once()
    {
        var story = Story.Of(Level(Share(100, "ana", "bo"))).When(Hand(Human("ana"), null, "cleo")).When(Hand(Human("cleo"), null, "ana"));
        Assert.Equal("ana:reassigned cleo:reassigned ana:waiting bo:waiting", story.Places(1));
        story.Approve("bo").Then(RequestStatus.InReview).Approve("ana").Then(RequestStatus.Approved);
    }

    [Fact]
    public void A_delegate_or_an_administrator_hands_over_for_the_approver_and_nobody_else()
    {
        Assert.Equal("ana:reassigned cleo:waiting", Story.Of(Level("ana")).When(Hand(Human("bo"), "ana", "cleo", "ana")).Places(1));
        Assert.Equal("ana:reassigned cleo:waiting", Story.Of(Level("ana")).When(Hand(Human("bo"), null, "cleo", "ana")).Places(1));
        Assert.Equal("ana:reassigned cleo:waiting", Story.Of(Level("ana")).When(Hand(Admin, "ana", "cleo")).Places(1));
        Story.Of(Level("ana", "bo"))
            .Refuses(Hand(Human("bo"), "ana", "cleo"), RefusalCode.NotAuthorized)
            .Refuses(Hand(Human("zoe"), null, "cleo"), RefusalCode.NotAuthorized)
            .Refuses(Hand(Human("zoe"), "nobody", "cleo"), RefusalCode.NotAuthorized)
            .Refuses(Hand(Admin, null, "cleo"), RefusalCode.NotAuthorized)
            .Refuses(Hand(Admin, "nobody", "cleo"), RefusalCode.ValidationFailed);
    }

    [Fact]
    public void A_place_may_be_named_by_the_delegate_that_it_is_shown_with()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Delegates["ana"] = "bo").When(Hand(Admin, "bo", "cleo"));
        Assert.Equal("ana", story.Event<ChainEvent.Reassigned>().From);
    }

    [Fact]
    public void An_answered_place_cannot_be_handed_over() =>
        Story.Of(Level("ana", "bo")).Approve("ana")
            .Refuses(Hand(Admin, "ana", "cleo"), RefusalCode.AlreadyDecided)
            .Refuses(Hand(Human("ana"), null, "cleo"), RefusalCode.AlreadyDecided);

    [Fact]
    public void Nothing_is_routed_to_or_by_the_requester()
    {
        var story = Story.Of(Create(Human("rita", Roles.Admin), Level("ana")));
        story.Refuses(Hand(Human("ana"), null, "rita"), RefusalCode.SelfApproval)
            .Refuses(Add(Human("ana"), "rita"), RefusalCode.SelfApproval)
            .Refuses(Hand(Human("rita", Roles.Admin), "ana", "friend"), RefusalCode.SelfApproval)
            .Refuses(Add(Human("rita", Roles.Admin), "friend"), RefusalCode.SelfApproval);
        story.When(new Command.Reassign(null, null, new Candidate("cleo", "rita"), null) { By = Human("ana") });
        Assert.Equal("ana:reassigned cleo:waiting", story.Places(1));
    }

    [Fact]
    public void Nobody_gets_a_second_place_in_a_group()
    {
        var story = Story.Of(Level("ana", "bo", "dora"));
        story.Refuses(Hand(Human("ana"), null, "bo"), RefusalCode.ValidationFailed)
            .Refuses(Hand(Human("ana"), null, "ana"), RefusalCode.ValidationFailed)
            .Refuses(Add(Human("ana"), "bo"), RefusalCode.ValidationFailed)
            .Refuses(Add(Human("ana"), " "), RefusalCode.ValidationFailed);
        story.Approve("zoe", actsFor: "dora")
            .Refuses(Add(Human("ana"), "zoe"), RefusalCode.ValidationFailed)
            .Refuses(Hand(Human("ana"), null, "zoe"), RefusalCode.ValidationFailed);
    }

    [Fact]
    public void With_distinct_approvers_nobody_who_passed_a_level_is_brought_back() =>
        Story.Of(Create(Level("ana"), Level("bo")) with { DistinctApprovers = true }).Approve("ana")
            .Refuses(Add(Human("bo"), "ana"), RefusalCode.ValidationFailed)
            .Refuses(Hand(Human("bo"), null, "ana"), RefusalCode.ValidationFailed);

    [Fact]
    public void An_approver_their_delegate_or_an_administrator_adds_an_approver()
    {
        var story = Story.Of(Level("ana")).When(Add(Human("ana"), "bo")).When(Add(Human("zoe"), "cleo", "ana")).When(Add(Admin, "dora"));
        Assert.Equal("ana:waiting bo:waiting cleo:waiting dora:waiting", story.Places(1));
        story.Refuses(Add(Human("yan"), "emil"), RefusalCode.NotAuthorized);
        story.Approve("ana").Approve("bo").Approve("cleo").Then(RequestStatus.InReview).Approve("dora").Then(RequestStatus.Approved);
    }

    [Fact]
    public void An_approver_is_added_to_ones_own_group_or_where_the_level_still_waits()
    {
        var groups = Level(Group(Strategy.Any, "ana"), Group(Strategy.All, "bo", "cleo"));
        Assert.Equal("bo:waiting cleo:waiting zoe:waiting", Story.Of(groups).When(Add(Human("cleo"), "zoe")).Places(1, group: 1));
        Assert.Equal("bo:waiting cleo:waiting zoe:waiting", Story.Of(groups).Approve("ana").When(Add(Human("ana"), "zoe")).Places(1, group: 1));
    }

    [Fact]
    public void Only_the_open_levels_places_change()
    {
        var story = Story.Of(Level("ana"), Level("bo"));
        story.Refuses(new Command.Reassign(2, "bo", new("cleo"), null) { By = Admin }, RefusalCode.InvalidLevel)
            .Refuses(new Command.AddApprover(3, new("cleo"), null) { By = Admin }, RefusalCode.InvalidLevel);
        story.When(new Command.AddApprover(1, new("cleo"), null) { By = Admin });
    }

    [Fact]
    public void A_comment_needs_words_and_changes_no_vote()
    {
        var story = Story.Of(Level("ana")).When(new Command.AddComment(" see the offer ") { By = Human("rita") });
        Assert.Equal("see the offer", story.Event<ChainEvent.Commented>().Text);
        Assert.Equal("ana:waiting", story.Places(1));
        story.Refuses(new Command.AddComment("  ") { By = Human("ana") }, RefusalCode.ValidationFailed);
    }
}
