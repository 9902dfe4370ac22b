using System.Text.Json;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Json;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Tests.Chains;

/// <summary>What holds after any sequence of commands.</summary>
public sealed class ChainProperties
{
    private const int Stories = 100;

    [Fact]
    public void An_approved_request_has_the_human_approvals_that_each_of_its_levels_needs() => Always(story =>
    {
        if (story.Status != RequestStatus.Approved)
        {
            return;
        }
        var automatic = story.CurrentRound().OfType<ChainEvent.AutoApproved>().Select(happened => happened.Level).ToHashSet();
        foreach (var (index, level) in story.State.Levels.Index())
        {
            Assert.True(level.Status is LevelStatus.Approved or LevelStatus.Skipped, $"level {index + 1} is {level.Status}");
            if (level.Status == LevelStatus.Approved && !automatic.Contains(index + 1))
            {
                Assert.All(level.Groups, group =>
                    Assert.True(Approved(group).Distinct().Count() >= Needed(group), $"level {index + 1} has too few approvals"));
            }
        }
    });

    [Fact]
    public void An_approved_request_has_a_human_decision_by_somebody_else_or_an_automatic_rule() => Always(story =>
    {
        if (story.Status == RequestStatus.Approved)
        {
            Assert.Contains(story.CurrentRound(), happened => happened is ChainEvent.AutoApproved
                or ChainEvent.Approved { By: { Type: ActorType.Human, Id: not "rita" } });
        }
        Assert.Equal(story.State.Grant is not null, story.Status == RequestStatus.Approved);
    });

    /// <summary>Whatever the levels' conditions and the directory say meanwhile, time included.</summary>
    [Fact]
    public void What_the_requester_and_agents_alone_do_approves_nothing_that_no_rule_approves() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Stories).WithEndSize(60), Prop.ForAll(Numbers, moves =>
        {
            var story = RandomStory.Begin(moves.FirstOrDefault());
            foreach (var move in moves.Skip(1))
            {
                story.Play(move, alone: true);
                Assert.True(
                    story.Status != RequestStatus.Approved || story.CurrentRound().Any(happened => happened is ChainEvent.AutoApproved),
                    "Approved without anybody's leave.");
            }
            return true;
        }));

    [Fact]
    public void No_requester_and_no_agent_ever_counts() => Always(story =>
    {
        Assert.DoesNotContain("rita", story.State.Levels.SelectMany(level => level.Groups).SelectMany(group => group.Approvers)
            .SelectMany(place => new[] { place.Person, place.RoutedTo, place.DecidedBy }));
        Assert.All(story.History.OfType<ChainEvent.Approved>(), vote => Assert.Equal(ActorType.Human, vote.By.Type));
        Assert.All(story.History.OfType<ChainEvent.Rejected>(), vote =>
            Assert.True(vote.By.Type == ActorType.Human || vote.By == ActorRef.System && vote.Person == "system"));
        Assert.All(story.History.OfType<ChainEvent.Overridden>(), over => Assert.Equal(ActorType.Human, over.By.Type));
    });

    [Fact]
    public void What_is_over_stays_as_it_is() => Always((story, before) =>
    {
        if (before is null || !Chain.IsTerminal(before.Status))
        {
            return;
        }
        Assert.All(story.Last.Events, happened => Assert.True(
            before.Status == RequestStatus.Rejected && happened is ChainEvent.Overridden
            || before.Status == RequestStatus.Approved && happened is ChainEvent.ExecutionClaimed or ChainEvent.ExecutionReported,
            $"{happened.GetType().Name} after {before.Status}"));
    });

    [Fact]
    public void Replaying_the_events_gives_the_state() => Always(_ => { }, story =>
    {
        var replayed = story.History.Aggregate((RequestState?)null, Chain.Evolve)! with { Version = story.State.Version };
        Assert.Equal(Text(story.State), Text(replayed));
        Assert.Equal(Text(story.State), Text(JsonSerializer.Deserialize(Text(story.State), ChainJson.State)!));
    });

    [Fact]
    public void Automatic_decisions_are_counted_and_bounded() => Always(story =>
    {
        Assert.InRange(story.State.AutomaticDecisions, 0, Chain.MaxAutomaticDecisions);
        Assert.Equal(story.History.OfType<ChainEvent.AutoApproved>().Count(), story.State.AutomaticDecisions);
        Assert.All(story.History.OfType<ChainEvent.AutoApproved>(), happened => Assert.False(story.Level(happened.Level).Definition.HumanOnly));
    });

    [Fact]
    public void Distinct_approvers_pass_one_level_and_one_group_each() => Always(story =>
    {
        if (story.State.DistinctApprovers)
        {
            var people = story.State.Levels.SelectMany(level => level.Groups).SelectMany(Approved).ToArray();
            Assert.Equal(people.Distinct(), people);
        }
    });

    [Fact]
    public void One_human_answers_once_in_a_group() => Always(story =>
        Assert.All(story.State.Levels.SelectMany(level => level.Groups), group =>
        {
            var answered = group.Approvers.Where(place => place.Status is ApproverStatus.Approved or ApproverStatus.Rejected).Select(place => place.DecidedBy);
            Assert.Equal(answered.Distinct(), answered);
        }));

    [Fact]
    public void An_open_request_waits_for_somebody_and_time_alone_ends_it() => Always(story =>
    {
        Assert.True(story.Status is not (RequestStatus.Pending or RequestStatus.Escalated));
        if (story.Status == RequestStatus.InReview)
        {
            Assert.NotEmpty(Approvals.Requests.Involvement.WaitingFor(story.State));
            Assert.NotNull(story.Level(story.State.CurrentLevel).DueAt);
        }
    }, story =>
    {
        story.LetTimePass(story.Now.AddYears(1));
        Assert.NotEqual(RequestStatus.InReview, story.Status);
    });

    [Fact]
    public void Every_transition_is_audited_once_an_event_and_its_messages_have_ids_of_their_own() => Always((story, _) =>
    {
        Assert.Equal(story.Last.Receipt.Refusal is null ? story.Last.Events.Length : 1, story.Last.Audit.Length);
        Assert.Equal(story.Last.Outbox.Length, story.Last.Outbox.Select(told => told.Id).Distinct().Count());
        Assert.All(story.Last.Outbox, told => JsonDocument.Parse(told.Body).Dispose());
    });

    /// <summary>The chain and the moves; a failure is told with as few of them as still fail.</summary>
    private static readonly Arbitrary<int[]> Numbers = Arb.From(
        Gen.Choose(0, int.MaxValue).ArrayOf(), moves => moves.Select((_, index) => moves.Where((_, other) => other != index).ToArray()));

    private static void Always(Action<Story> holds, Action<Story>? atEnd = null) => Always((story, _) => holds(story), atEnd);

    [Fact]
    public void The_stories_go_everywhere()
    {
        var random = new Random(1);
        var told = Enumerable.Range(0, 300).SelectMany(_ =>
        {
            var story = RandomStory.Begin(random.Next());
            Enumerable.Range(0, 40).ToList().ForEach(_ => story.Play(random.Next()));
            return story.History.Select(happened => happened.GetType());
        }).ToHashSet();
        Assert.Empty(typeof(ChainEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(ChainEvent))).Except(told));
    }

    private static void Always(Action<Story, RequestState?> holds, Action<Story>? atEnd = null) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Stories).WithEndSize(60), Prop.ForAll(Numbers, moves =>
        {
            var story = RandomStory.Begin(moves.FirstOrDefault());
            holds(story, null);
            foreach (var move in moves.Skip(1))
            {
                var before = story.State;
                holds(story.Play(move), before);
            }
            atEnd?.Invoke(story);
            return true;
        }));

    private static IEnumerable<string> Approved(GroupState group) =>
        group.Approvers.Where(place => place.Status == ApproverStatus.Approved).Select(place => place.DecidedBy!);

    private static int Needed(GroupState group)
    {
        var places = group.Approvers.Count(place => place.Status != ApproverStatus.Reassigned);
        return group.MoreNeeded + group.Strategy switch
        {
            Strategy.All => places,
            Strategy.Quorum when group.Quorum!.IsPercent => (places * group.Quorum.Amount + 99) / 100,
            Strategy.Quorum => group.Quorum!.Amount,
            _ => 1,
        };
    }

    private static string Text(RequestState state) => JsonSerializer.Serialize(state, ChainJson.State);
}
