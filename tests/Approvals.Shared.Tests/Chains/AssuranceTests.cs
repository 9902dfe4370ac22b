using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>A level may demand how surely whoever decides was recognised.</summary>
public sealed class AssuranceTests
{
    [Theory]
    [InlineData(Assurance.Interactive, Assurance.Interactive, true)]
    [InlineData(Assurance.Interactive, Assurance.Passkey, true)]
    [InlineData(Assurance.Interactive, Assurance.Development, true)]
    [InlineData(Assurance.Interactive, Assurance.Link, false)]
    [InlineData(Assurance.Interactive, Assurance.Token, false)]
    [InlineData(Assurance.Interactive, null, false)]
    [InlineData(Assurance.Passkey, Assurance.Passkey, true)]
    [InlineData(Assurance.Passkey, Assurance.Interactive, false)]
    [InlineData(Assurance.Passkey, Assurance.Development, false)]
    [InlineData(Assurance.Passkey, Assurance.Link, false)]
    [InlineData(Assurance.Passkey, Assurance.Token, false)]
    [InlineData(Assurance.Passkey, null, false)]
    public void A_decision_needs_what_its_level_demands(Assurance demanded, Assurance? has, bool decides)
    {
        var ana = Human("ana") with { Assurance = has };
        foreach (var decision in new Command[] { new Command.Approve { By = ana }, new Command.Reject("no") { By = ana }, new Command.RequestChanges("x") { By = ana } })
        {
            var story = Story.Of(Level("ana") with { Assurance = demanded });
            if (decides)
            {
                story.When(decision);
            }
            else
            {
                story.Refuses(decision, RefusalCode.AssuranceRequired);
                Assert.Equal(new RefusalMember("required", demanded.Word()), Assert.Single(story.Last.Receipt.Refusal!.Members));
            }
        }
    }

    [Fact]
    public void Who_may_not_decide_at_all_is_told_that_first() =>
        Story.Of(Level("ana") with { Assurance = Assurance.Passkey })
            .Refuses(new Command.Approve { By = Human("zoe") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Approve { By = Agent("ana") }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Approve { By = Human("rita") }, RefusalCode.SelfApproval);

    [Theory]
    [InlineData(Assurance.Interactive)]
    [InlineData(Assurance.Link)]
    [InlineData(Assurance.Token)]
    [InlineData(Assurance.Development)]
    [InlineData(null)]
    public void Every_answer_keeps_how_it_was_given(Assurance? has)
    {
        var (ana, bo) = (Human("ana") with { Assurance = has }, Human("bo") with { Assurance = has });
        var story = Story.Of(Level("ana", "bo"))
            .When(new Command.Approve { By = ana })
            .When(new Command.Reject("no") { By = bo });
        Assert.All(story.Level(1).Groups[0].Approvers, place => Assert.Equal(has, place.Assurance));
        Assert.Equal(has, Assert.Single(story.Last.Audit).Actor.Assurance);
    }
}
