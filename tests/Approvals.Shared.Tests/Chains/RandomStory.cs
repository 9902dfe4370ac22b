using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>A chain made from a number, and moves made from numbers: the same numbers tell the same story, and fewer numbers a shorter one.</summary>
internal static class RandomStory
{
    private static readonly string[] People = ["p0", "p1", "p2", "p3", "p4", "rita", "bot"];

    /// <param name="change">Makes it a request of another kind.</param>
    public static Story Begin(int seed, Func<Command.Create, Command.Create>? change = null)
    {
        var random = new Random(seed);
        var create = Create([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomLevel(random))]) with { DistinctApprovers = random.Next(3) == 0 };
        var story = Story.Of(change?.Invoke(create) ?? create, submit: false);
        Arrange(story.Desk, random);
        return story.Try(new Command.Submit { By = create.By });
    }

    /// <summary>Events since the last submission.</summary>
    public static IEnumerable<ChainEvent> CurrentRound(this Story story) => story.History.AsEnumerable().Reverse()
        .TakeWhile(happened => happened is not (ChainEvent.Submitted or ChainEvent.Resubmitted));

    /// <summary>One move; every third one lets time pass, some change the directory.</summary>
    /// <param name="alone">Nobody acts but the requester, agents and time.</param>
    public static Story Play(this Story story, int move, bool alone = false)
    {
        var random = new Random(move);
        if (random.Next(3) == 0)
        {
            story.Hours(random.Next(0, 60));
        }
        if (random.Next(8) == 0)
        {
            Arrange(story.Desk, random);
        }
        return story.Try(Command(random, story, alone));
    }

    private static void Arrange(Desk desk, Random random)
    {
        desk.Delegates.Clear();
        desk.Skipped.Clear();
        desk.AutoApproved.Clear();
        desk.Gone.Clear();
        desk.Fallback = random.Next(2) == 0 ? Make.People("rita", "p4") : [];
        desk.ConditionFault = random.Next(10) == 0 ? "no such member" : null;
        for (var i = random.Next(4); i > 0; i--)
        {
            desk.Delegates[Person(random)] = Person(random);
        }
        for (var level = 1; level <= 4; level++)
        {
            if (random.Next(6) == 0)
            {
                desk.Skipped.Add(level);
            }
            if (random.Next(4) == 0)
            {
                desk.AutoApproved[level] = "true";
            }
        }
        if (random.Next(4) == 0)
        {
            desk.Gone.Add(Person(random));
        }
    }

    private static LevelDefinition RandomLevel(Random random) => Level([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => RandomGroup(random))]) with
    {
        Rejection = random.Next(2) == 0 ? RejectionRule.Veto : RejectionRule.WhenUnreachable,
        HumanOnly = random.Next(5) == 0,
        OnTimeout = random.Next(5) is var action and < 4 ? (TimeoutAction)action : null,
        EscalateTo = random.Next(2) == 0 ? [$"user:{Person(random)}", $"user:{Person(random)}"] : [],
        MaxEscalations = random.Next(3),
        RemindAfter = [TimeSpan.FromHours(random.Next(60))],
        Calendar = random.Next(4) == 0 ? new BusinessCalendar { TimeZone = "Europe/Berlin" } : null,
    };

    private static GroupDefinition RandomGroup(Random random)
    {
        string[] people = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Person(random))];
        return random.Next(5) switch
        {
            0 => Group(Strategy.All, people),
            1 => Group(Strategy.Any, people),
            2 => Group(Strategy.First, people),
            3 => QuorumOf(random.Next(1, 4), people),
            _ => Share(random.Next(1, 101), people),
        };
    }

    private static Command Command(Random random, Story story, bool alone)
    {
        var by = Person(random);
        var human = alone ? (random.Next(2) == 0 ? Human("rita", Roles.Admin, Roles.Override) : Agent(by, Roles.Admin, Roles.Override))
            : random.Next(10) == 0 ? Agent(by, Roles.Admin, Roles.Override) : Human(by, Roles.Override, random.Next(3) == 0 ? Roles.Admin : "");
        var someone = new Candidate(Person(random), random.Next(3) == 0 ? Person(random) : null);
        Command command = random.Next(25) switch
        {
            0 => new Command.Reject(random.Next(4) == 0 ? " " : "no") { By = human },
            1 => new Command.RequestChanges(null) { By = human },
            2 => new Command.Resubmit($"{Hash[..62]}{random.Next(10, 99)}") { By = Human("rita") },
            3 => new Command.Reassign(null, random.Next(2) == 0 ? null : Person(random), someone, null) { By = human },
            4 => new Command.AddApprover(random.Next(4) == 0 ? random.Next(5) : null, someone, "please") { By = human },
            5 => new Command.AddComment("a word") { By = human },
            6 when random.Next(4) == 0 => new Command.Withdraw { By = human with { Type = ActorType.Human } },
            7 or 8 => new Command.Override("agreed") { By = human },
            9 or 10 => new Command.TimeOut(story.Desk.Resolve(story.State, story.State.CurrentLevel)) { By = Actor.System },
            11 => new Command.Remind { By = Actor.System },
            12 => new Command.ReportOverdue { By = Actor.System },
            13 => new Command.ClaimGrant(story.State.PayloadHash, $"x{random.Next(2)}") { By = Human("rita") },
            14 => new Command.ReportExecution($"x{random.Next(2)}", random.Next(2) == 0) { By = Human("rita") },
            15 => new Command.AbandonExecution { By = Actor.System },
            16 => new Command.EnterLevel(story.Desk.Resolve(story.State, Math.Clamp(random.Next(5), 1, story.State.Levels.Length))) { By = Actor.System },
            17 => new Command.Submit { By = Human("rita") },
            18 => new Command.GiveUp(Leaving(random, story)) { By = Actor.System },
            _ => new Command.Approve { By = human },
        };
        return command with { ActsFor = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Person(random))] };
    }

    /// <summary>Somebody who may act no more, so that no level means them from now on.</summary>
    private static string Leaving(Random random, Story story)
    {
        var person = Person(random);
        story.Desk.Gone.Add(person);
        return person;
    }

    private static string Person(Random random) => People[random.Next(People.Length)];
}
