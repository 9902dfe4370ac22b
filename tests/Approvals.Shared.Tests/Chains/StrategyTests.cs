using Approvals.Chains;
using Approvals.Chains.Levels;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

public sealed class StrategyTests
{
    [Fact]
    public void All_needs_every_approver()
    {
        var story = Story.Of(Level("ana", "bo")).Approve("ana").Says("Approved").Then(RequestStatus.InReview);
        story.Approve("bo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void Any_needs_one() => Story.Of(Any("ana", "bo", "cleo")).Approve("cleo").Then(RequestStatus.Approved);

    [Fact]
    public void First_is_decided_by_the_first_response_either_way()
    {
        var first = Level(Group(Strategy.First, "ana", "bo"));
        Story.Of(first).Approve("bo").Then(RequestStatus.Approved);
        Story.Of(first).Reject("bo").Then(RequestStatus.Rejected);
        Story.Of(first with { Rejection = RejectionRule.WhenUnreachable }).Reject("ana").Then(RequestStatus.Rejected);
    }

    [Theory]
    [InlineData(2, false, 3, 2)]
    [InlineData(50, true, 3, 2)]
    [InlineData(50, true, 4, 2)]
    [InlineData(67, true, 3, 3)]
    [InlineData(1, true, 5, 1)]
    [InlineData(100, true, 3, 3)]
    public void A_quorum_is_a_count_or_a_share_rounded_up(int amount, bool percent, int people, int needed)
    {
        string[] names = [.. Enumerable.Range(1, people).Select(number => $"p{number}")];
        var story = Story.Of(Level(percent ? Share(amount, names) : QuorumOf(amount, names)));
        for (var i = 0; i < needed; i++)
        {
            story.Then(RequestStatus.InReview).Approve(names[i]);
        }
        story.Then(RequestStatus.Approved);
    }

    [Fact]
    public void Any_rejection_is_a_veto_by_default() =>
        Story.Of(Level(QuorumOf(1, "ana", "bo", "cleo"))).Reject("bo").Then(RequestStatus.Rejected);

    [Fact]
    public void When_unreachable_rejects_only_once_approval_is_out_of_reach()
    {
        var level = Level(QuorumOf(2, "ana", "bo", "cleo")) with { Rejection = RejectionRule.WhenUnreachable };
        var story = Story.Of(level).Reject("ana").Then(RequestStatus.InReview);
        Assert.False(story.Event<ChainEvent.Rejected>().Final);
        Assert.Empty(story.Last.Outbox);
        Story.Of(level).Reject("ana").Approve("bo").Approve("cleo").Then(RequestStatus.Approved);
        Story.Of(level).Reject("ana").Approve("bo").Reject("cleo").Then(RequestStatus.Rejected);
        Story.Of(Any("ana", "bo") with { Rejection = RejectionRule.WhenUnreachable }).Reject("ana").Then(RequestStatus.InReview)
            .Reject("bo").Then(RequestStatus.Rejected);
        Story.Of(Level("ana", "bo") with { Rejection = RejectionRule.WhenUnreachable }).Reject("ana").Then(RequestStatus.Rejected);
    }

    [Fact]
    public void All_groups_of_a_level_must_pass()
    {
        var story = Story.Of(Level(Group(Strategy.Any, "ana", "bo"), QuorumOf(2, "cleo", "dora", "emil")));
        story.Approve("cleo").Approve("bo").Then(RequestStatus.InReview);
        Assert.Equal(["dora", "emil"], Approvals.Requests.Involvement.WaitingFor(story.State).AsEnumerable());
        story.Approve("emil").Then(RequestStatus.Approved);
    }

    [Fact]
    public void A_group_that_has_passed_takes_no_more_answers()
    {
        var story = Story.Of(Level(Group(Strategy.Any, "ana", "bo"), Group(Strategy.All, "cleo"))).Approve("ana");
        story.Refuses(new Command.Reject("too late") { By = Human("bo") }, RefusalCode.AlreadyDecided);
        story.Approve("cleo").Then(RequestStatus.Approved);
    }

    [Fact]
    public void One_group_out_of_reach_rejects_the_request()
    {
        var level = Level(Group(Strategy.Any, "ana", "bo"), QuorumOf(2, "cleo", "dora")) with { Rejection = RejectionRule.WhenUnreachable };
        Story.Of(level).Approve("ana").Reject("dora").Then(RequestStatus.Rejected);
    }

    [Fact]
    public void A_rejection_in_two_groups_ends_the_request_with_the_last_of_its_answers()
    {
        var story = Story.Of(Level(Group(Strategy.All, "ana", "bo"), Group(Strategy.All, "ana", "cleo"))).Reject("ana").Says("Rejected");
        Assert.Equal("ana:rejected cleo:waiting", story.Places(1, group: 1));

        story = Story.Of(Create(Level(Group(Strategy.All, "bo"), Group(Strategy.All, "ana"))), desk => desk.Delegates["ana"] = "bo");
        story.Reject("bo", actsFor: "ana").Says("Rejected", "Rejected").Then(RequestStatus.Rejected);
        Assert.Equal([false, true], story.Last.Events.Cast<ChainEvent.Rejected>().Select(answer => answer.Final));
        Assert.Single(story.Last.Outbox, told => told.Type == "approval.rejected");
    }
}
