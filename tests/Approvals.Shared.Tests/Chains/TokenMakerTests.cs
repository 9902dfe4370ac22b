using Approvals.Actors;
using Approvals.Chains;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>Whoever made a token for another human decides nothing that is asked with it: they may have asked themselves.</summary>
public sealed class TokenMakerTests
{
    [Theory]
    [InlineData("ana", ActorType.Human, "ana")]
    [InlineData("ana", ActorType.Agent, "")]
    [InlineData("rita", ActorType.Human, "")]
    [InlineData("system", ActorType.Human, "")]
    [InlineData(null, ActorType.Human, "")]
    public void Makers_of_other_humans_tokens_are_barred(string? maker, ActorType type, string barred)
    {
        var create = Create(Level("ana", "bo"));
        var story = Story.Of(create with { By = create.By with { Type = type, Credential = Credential.OfToken("t1", maker) } }, submit: false);
        Assert.Equal(barred, string.Join(' ', story.State.Barred));
    }

    [Fact]
    public void They_hold_no_place_answer_for_nobody_route_nothing_and_set_nothing_aside()
    {
        var story = Story.Of(Create(Level("ana", "bo")), desk => desk.Delegates["bo"] = "ana", submit: false).Try(new Command.Submit { By = ByTokenOf("ana") });
        Assert.Equal("bo:waiting", story.Places(1));
        story.Refuses(new Command.Approve { By = Human("ana"), ActsFor = ["bo"] }, RefusalCode.SelfApproval)
            .Refuses(new Command.AddApprover(null, new Candidate("cleo"), null) { By = Human("ana", Roles.Admin) }, RefusalCode.SelfApproval)
            .Refuses(new Command.AddApprover(null, new Candidate("ana"), null) { By = Human("olga", Roles.Admin) }, RefusalCode.ValidationFailed)
            .Reject("bo")
            .Refuses(new Command.Override("no") { By = Human("ana", Roles.Override) }, RefusalCode.SelfApproval);
    }

    [Fact]
    public void They_stay_barred_whoever_resubmits()
    {
        var story = Story.Of(Create(Level("ana", "bo")));
        Assert.Equal("ana:waiting bo:waiting", story.Places(1));
        story.Try(new Command.RequestChanges("more") { By = Human("bo") }).Try(new Command.Resubmit("hash-2") { By = ByTokenOf("ana") });
        Assert.Equal("bo:waiting", story.Places(1));
        story.Try(new Command.RequestChanges("more") { By = Human("bo") }).Try(new Command.Resubmit("hash-3") { By = Human("rita") });
        Assert.Equal("bo:waiting", story.Places(1));
    }

    private static Actor ByTokenOf(string maker) => Human("rita") with { Credential = Credential.OfToken("t1", maker) };
}
