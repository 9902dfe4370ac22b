using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Requests;
using Approvals.Tests.Tenants;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>A human is asked once in a group, and with distinct approvers once at the level.</summary>
public sealed class AskedOnceTests
{
    private static readonly System.Collections.Immutable.ImmutableArray<Person> Office =
        World.People("ana: x", "bo: x ~dan", "cy: x", "dan: x", "eve: x", "lena: x", "boss: x", "ada: admin", "rita: requester");

    /// <summary>Strategy, who is asked, delegations, who is away; the places.</summary>
    public static readonly TheoryData<Strategy, string, string, string, string> Delegates = new()
    {
        // The delegate holds a place: the delegator themself, unless somebody else stands in for them.
        { Strategy.All, "ana bo", "bo-ana", "", "ana bo" },
        { Strategy.All, "ana bo", "bo-ana", "bo", "ana bo>dan" },
        { Strategy.All, "ana bo", "bo-ana bo-eve", "", "ana bo>eve" },
        { Strategy.All, "ana bo", "bo-eve eve-ana", "", "ana bo>eve" },
        { Strategy.Any, "ana bo", "bo-ana", "", "ana bo" },
        // Two lend to the same: the first place goes there.
        { Strategy.All, "ana bo", "ana-eve bo-eve", "", "ana>eve bo" },
        // Nobody is there to answer: the escalation target takes the place, so that the number needed stays.
        { Strategy.All, "ana cy", "cy-ana", "cy", "ana boss" },
        { Strategy.Any, "ana cy", "cy-ana", "cy", "ana" },
        { Strategy.All, "ana cy", "", "cy", "ana" },
    };

    [Theory]
    [MemberData(nameof(Delegates))]
    public void A_delegate_who_holds_a_place_is_not_asked_for_another(Strategy strategy, string asked, string delegations, string away, string places)
    {
        var level = Level(GroupOf(strategy, asked)) with { EscalateTo = ["user:boss"] };
        Assert.Equal(places, Places(Desk(delegations, away), Create(level), 0));
    }

    /// <summary>Groups of people; who is asked in each.</summary>
    [Theory]
    [InlineData("any ana bo;any ana lena", "ana bo;lena")]
    [InlineData("any ana;any ana lena", "ana;lena")]
    [InlineData("any ana lena;any ana", "lena;ana")]
    [InlineData("all ana bo;all ana lena", "ana bo;lena")]
    [InlineData("any ana bo;any bo cy;any ana", "bo;cy;ana")]
    [InlineData("any ana;any ana", "ana;boss")]
    public void With_distinct_approvers_each_group_has_people_of_its_own(string groups, string expected)
    {
        var definitions = groups.Split(';').Select(group => group.Split(' ', 2)).Select(group => GroupOf(Enum.Parse<Strategy>(group[0], true), group[1])).ToArray();
        var create = Create(Level(definitions) with { EscalateTo = ["user:boss"] }) with { DistinctApprovers = true };
        Assert.Equal(expected, string.Join(';', Enumerable.Range(0, definitions.Length).Select(group => Places(Desk("", ""), create, group))));
    }

    [Fact]
    public void With_distinct_approvers_one_answer_passes_one_group()
    {
        var story = Story.Of(Create(Level(Group(Strategy.Any, "ana", "bo"), Group(Strategy.Any, "ana", "lena"))) with { DistinctApprovers = true });

        story.Approve("ana").Then(RequestStatus.InReview)
            .Refuses(new Command.Approve { By = Human("ana") }, RefusalCode.AlreadyDecided)
            .Refuses(new Command.Approve { By = Human("ana"), ActsFor = ["lena"] }, RefusalCode.AlreadyDecided)
            .Refuses(new Command.AddApprover(null, new("ana"), null) { By = Human("lena") }, RefusalCode.ValidationFailed)
            .Approve("lena").Then(RequestStatus.Approved);
    }

    [Fact]
    public void With_distinct_approvers_places_of_before_pass_one_group_each_too()
    {
        // As a level entered by an earlier version: ana holds a place in both groups.
        var story = Story.Of(Create(Level(Group(Strategy.Any, "ana", "bo"), Group(Strategy.Any, "ana", "lena"))));
        var state = story.State with { DistinctApprovers = true };

        var decided = Chain.Decide(state, new Command.Approve { By = Human("ana") }, Start);
        state = decided.Events.Aggregate(state, Chain.Evolve);

        Assert.Equal(RequestStatus.InReview, state.Status);
        Assert.Equal(["Waiting", "Waiting"], state.Levels[0].Groups[1].Approvers.Select(place => $"{place.Status}"));
        Assert.Equal(RequestStatus.Approved, Chain.Decide(state, new Command.Approve { By = Human("lena") }, Start).Events.Aggregate(state, Chain.Evolve).Status);
    }

    [Fact]
    public void Who_has_answered_is_told_so_and_whose_place_needs_somebody_else()
    {
        var story = Story.Of(Level("ana", "bo"));
        story.Approve("ana", "bo").Try(new Command.Approve { By = Human("ana"), ActsFor = ["bo"] });
        Assert.Equal(
            (RefusalCode.AlreadyDecided, "You have answered at this level already, and a person counts once: the place of bo needs somebody else."),
            (story.Last.Receipt.Refusal!.Code, story.Last.Receipt.Refusal.Detail));

        story.Try(new Command.Approve { By = Human("ana") });
        Assert.Equal("You have answered at this level already; others are still to answer.", story.Last.Receipt.Refusal!.Detail);
    }

    [Fact]
    public void What_was_routed_to_somebody_who_answers_for_themselves_is_its_holders_again()
    {
        // As a level entered by an earlier version: bo's place was routed to ana, who has one of her own.
        var story = Story.Of(Level("ana", "bo"));
        var group = story.State.Levels[0].Groups[0];
        var state = story.State with
        {
            Levels = [story.State.Levels[0] with { Groups = [group with { Approvers = group.Approvers.SetItem(1, group.Approvers[1] with { RoutedTo = "ana" }) }] }],
        };

        state = Chain.Decide(state, new Command.Approve { By = Human("ana"), ActsFor = ["bo"] }, Start).Events.Aggregate(state, Chain.Evolve);

        Assert.Equal("bo", state.Levels[0].Groups[0].Approvers[1].Shown);
        Assert.Equal("bo", Assert.Single(Involvement.Asked(state)));
    }

    private static GroupDefinition GroupOf(Strategy strategy, string people) => Group(strategy, people.Split(' '));

    private static LevelResolver Desk(string delegations, string away) => new(
        World.Tenant(
            Office.Away(away.Split(' ')),
            [.. delegations.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => World.Lends(pair.Split('-')[0], pair.Split('-')[1]))]),
        World.Snapshot("rita"));

    private static string Places(LevelResolver desk, Command.Create create, int group)
    {
        var created = Transitions.DecideAsync(null, create, World.Now, desk, submit: true).AsTask().GetAwaiter().GetResult();
        return string.Join(' ', created.After!.Levels[0].Groups[group].Approvers
            .Select(place => place.RoutedTo is null ? place.Person : $"{place.Person}>{place.RoutedTo}"));
    }
}
