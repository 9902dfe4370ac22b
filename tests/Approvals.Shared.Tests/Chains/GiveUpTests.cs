using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Outbox;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>What becomes of the places of somebody who may act no more.</summary>
public sealed class GiveUpTests
{
    /// <summary>Strategy, who is asked, who has approved, the escalation target, the fallback approvers; the places once ana is gone, and the status.</summary>
    [Theory]
    [InlineData(Strategy.Any, "ana bo", "", "", "", "ana:reassigned bo:waiting", RequestStatus.InReview)]
    [InlineData(Strategy.All, "ana bo", "", "", "", "ana:reassigned bo:waiting", RequestStatus.InReview)]
    [InlineData(Strategy.All, "ana bo", "bo", "zoe", "", "ana:reassigned bo:approved", RequestStatus.Approved)]
    [InlineData(Strategy.All, "ana", "", "zoe", "adam", "ana:reassigned zoe:waiting", RequestStatus.InReview)]
    [InlineData(Strategy.All, "ana", "", "ana", "adam alma", "ana:reassigned adam:waiting alma:waiting", RequestStatus.InReview)]
    [InlineData(Strategy.Any, "ana", "", "rita", "rita adam", "ana:reassigned adam:waiting", RequestStatus.InReview)]
    [InlineData(Strategy.Quorum, "ana bo", "bo", "", "adam", "ana:reassigned bo:approved adam:waiting", RequestStatus.InReview)]
    [InlineData(Strategy.Any, "ana", "", "", "", "ana:waiting", RequestStatus.InReview)]
    public void They_are_left_to_others_else_to_those_who_stand_in(
        Strategy strategy, string asked, string approved, string escalateTo, string fallback, string places, RequestStatus status)
    {
        var group = strategy == Strategy.Quorum ? QuorumOf(2, asked.Split(' ')) : Group(strategy, asked.Split(' '));
        var level = Level(group) with { EscalateTo = [.. Words(escalateTo).Select(person => $"user:{person}")] };
        var story = Story.Of(Create(level), desk => desk.Fallback = People(Words(fallback)));
        foreach (var person in Words(approved))
        {
            story.Approve(person);
        }
        story.Desk.Gone.Add("ana");

        story.When(new Command.GiveUp("ana") { By = Actor.System }).Then(status);

        Assert.Equal(places, story.Places(1));
    }

    [Fact]
    public void Those_who_stand_in_are_asked()
    {
        var story = Story.Of(Create(Level("ana")), desk => desk.Fallback = People("adam"));
        story.Desk.Gone.Add("ana");
        story.When(new Command.GiveUp("ana") { By = Actor.System });

        Assert.Equal(EventType.Assigned, Assert.Single(story.Last.Outbox).Type);
        Assert.Equal(("reassigned", "may act no more"), (Assert.Single(story.Last.Audit).Action, story.Last.Audit[0].Reason));
    }

    [Fact]
    public void Nothing_happens_twice_nor_where_they_are_back_nor_by_anybody_else()
    {
        var story = Story.Of(Level("ana", "bo"));
        Assert.Empty(story.When(new Command.GiveUp("ana") { By = Actor.System }).Last.Events);
        story.Refuses(new Command.GiveUp("ana") { By = Human("adam", Roles.Admin) }, RefusalCode.NotAuthorized);
        story.Desk.Gone.Add("ana");
        Assert.Single(story.When(new Command.GiveUp("ana") { By = Actor.System }).Last.Events);
        Assert.Empty(story.When(new Command.GiveUp("ana") { By = Actor.System }).Last.Events);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
