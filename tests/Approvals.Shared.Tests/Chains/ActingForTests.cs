using Approvals.Actors;
using Approvals.Audit;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Requests;
using Approvals.Values;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>What an agent asks on a person's behalf is that person's request: they decide it no more than their own.</summary>
public sealed class ActingForTests
{
    private static readonly Actor ForRita = Agent("copilot") with { ActingFor = new NamedPerson("rita", "Rita") };
    private static readonly GroupDefinition Confirmation = new() { Name = "Yours", Approvers = [GroupDefinition.Principal], Strategy = Strategy.All };

    [Fact]
    public void Who_is_acted_for_holds_no_place_and_decides_nothing()
    {
        var story = Story.Of(Create(ForRita, Level("rita", "ana")));

        Assert.Equal("ana:waiting", story.Places(1));
        story.Refuses(new Command.Approve { By = Human("rita") }, RefusalCode.SelfApproval)
            .Refuses(new Command.Approve { By = Human("rita"), ActsFor = ["ana"] }, RefusalCode.SelfApproval)
            .Refuses(new Command.Reject("mine") { By = Human("rita") }, RefusalCode.SelfApproval)
            .Refuses(new Command.RequestChanges("mine") { By = Human("rita") }, RefusalCode.SelfApproval)
            .Refuses(new Command.AddApprover(null, new("bo"), null) { By = Human("rita", Roles.Admin) }, RefusalCode.SelfApproval)
            .Refuses(new Command.Reassign(null, "ana", new("rita"), null) { By = Human("ana") }, RefusalCode.SelfApproval);
        story.Reject("ana").Refuses(new Command.Override("no") { By = Human("rita", Roles.Override) }, RefusalCode.SelfApproval);
    }

    [Fact]
    public void The_agent_decides_nothing_whomever_it_acts_for()
    {
        var story = Story.Of(Create(Human("bo"), Level("rita", "ana")));
        story.Refuses(new Command.Approve { By = ForRita }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Approve { By = ForRita with { Id = "rita" } }, RefusalCode.AgentForbidden)
            .Refuses(new Command.Override("no") { By = ForRita with { Roles = [Roles.Override] } }, RefusalCode.AgentForbidden);
    }

    [Fact]
    public void A_level_that_names_the_principal_lets_them_confirm_and_the_trail_says_so()
    {
        var story = Story.Of(Create(ForRita, Level(Confirmation, Group(Strategy.Any, "rita", "ana"))), desk => desk.Principal = "rita");

        Assert.Equal(("rita:waiting", "ana:waiting"), (story.Places(1, 0), story.Places(1, 1)));
        story.Approve("rita").Then(RequestStatus.InReview);
        var entry = Assert.Single(story.Last.Audit);
        Assert.Contains(entry.Details, detail => detail is { Key: "principal" } && detail.Value.Equals(Value.From(true)));
        story.Approve("ana").Then(RequestStatus.Approved);
        Assert.DoesNotContain(story.Last.Audit.SelectMany(each => each.Details), detail => detail.Key == "principal");
    }

    [Fact]
    public void Where_the_principal_confirms_they_answer_for_nobody_else()
    {
        var story = Story.Of(Create(ForRita, Level(Confirmation, Group(Strategy.Any, "ana"))), desk => desk.Principal = "rita");

        story.Approve("rita", "ana");

        Assert.Equal("ana:waiting", story.Places(1, 1));
        Assert.Equal("rita", string.Join(' ', Involvement.Barred(story.State, "ana")));
    }

    [Fact]
    public void Nobody_acted_for_is_nobody_to_confirm() =>
        Assert.Equal(
            RefusalCode.InvalidLevel,
            Chain.Decide(
                Story.Of(Create(Agent("copilot"), Level(Confirmation)), submit: false).State,
                new Command.Submit { By = Agent("copilot") }, Start) is { Refusal: null } submitted
                ? Chain.Decide(
                    submitted.Events.Aggregate(Story.Of(Create(Agent("copilot"), Level(Confirmation)), submit: false).State, Chain.Evolve),
                    new Command.EnterLevel(new LevelResolution { Level = 1, Groups = [[]] }) { By = Actor.System }, Start).Refusal!.Code
                : null);

    [Fact]
    public void The_same_agent_for_somebody_else_is_another_requester()
    {
        var story = Story.Of(Create(ForRita, Level("ana")));
        story.Refuses(new Command.Withdraw { By = ForRita with { ActingFor = new("bo", "Bo") } }, RefusalCode.NotAuthorized)
            .Refuses(new Command.Withdraw { By = Agent("copilot") }, RefusalCode.NotAuthorized);
        story.Approve("ana")
            .Refuses(new Command.ClaimGrant(Hash, "e1") { By = Agent("copilot") }, RefusalCode.NotAuthorized)
            .Refuses(new Command.ClaimGrant(Hash, "e1") { By = Human("rita") }, RefusalCode.NotAuthorized)
            .When(new Command.ClaimGrant(Hash, "e1") { By = ForRita });
    }

    [Fact]
    public void Who_is_acted_for_may_withdraw_it_and_is_named()
    {
        var story = Story.Of(Create(ForRita, Level("ana")));
        story.When(new Command.Withdraw { By = Human("rita") }).Then(RequestStatus.Withdrawn);
        Assert.Equal("rita", Assert.Single(story.Last.Audit).Actor.Id);
    }

    [Fact]
    public void It_is_among_the_requests_of_who_is_acted_for() =>
        Assert.Equal("rita ana", string.Join(' ', Involvement.Of(Story.Of(Create(ForRita, Level("ana"))).State)));
}
