using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Directory;
using Approvals.Requests;
using Approvals.Tests.Tenants;
using FsCheck;
using FsCheck.Fluent;
using static Approvals.Tests.Chains.Make;

namespace Approvals.Tests.Chains;

/// <summary>Who may be let into a level, and what it then needs.</summary>
public sealed class AssignmentTests
{
    private static readonly DirectorySnapshot Directory = new(World.People(
        "ana: finance", "bo: finance", "cy: finance", "dan: legal", "eve: legal", "zed: approver", "adam: admin", "alma: admin", "rita: requester"));

    /// <summary>References, strategy, quorum, who hands over or adds (+), to whom; how many approvals are needed then, or the refusal.</summary>
    public static readonly TheoryData<string, Strategy, int, string, string, string> Cases = new()
    {
        // Added, and named by the level or not.
        { "role:finance", Strategy.Quorum, 2, "+", "zed", "3" },
        { "role:finance", Strategy.Any, 0, "+", "zed", "2" },
        { "role:finance", Strategy.First, 0, "+", "zed", "2" },
        { "role:finance", Strategy.All, 0, "+", "zed", "4" },
        { "user:ana", Strategy.Any, 0, "+", "zed", "2" },
        { "user:ana user:bo", Strategy.All, 0, "+", "zed", "3" },
        // Handed over: a person's own place is theirs to give, a role's is not.
        { "user:ana", Strategy.Any, 0, "ana", "zed", "1" },
        { "user:ana user:bo", Strategy.All, 0, "ana", "zed", "2" },
        { "user:ana user:bo", Strategy.Quorum, 2, "ana", "zed", "2" },
        { "role:finance", Strategy.Quorum, 2, "ana", "zed", "3" },
        { "role:finance", Strategy.Any, 0, "ana", "zed", "2" },
        { "role:finance", Strategy.All, 0, "ana", "zed", RefusalCode.ValidationFailed },
        { "role:finance", Strategy.Quorum, 3, "ana", "zed", RefusalCode.ValidationFailed },
        { "role:admin", Strategy.Any, 0, "adam", "zed", "2" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whoever_the_level_does_not_name_needs_one_approval_more(string references, Strategy strategy, int quorum, string from, string to, string expected)
    {
        var level = LevelOf(strategy, quorum, references.Split(' '));
        var state = Entered(level);
        var by = from == "+" ? "ana" : from;
        Command command = from == "+"
            ? new Command.AddApprover(null, new(to), null) { By = Human(by) }
            : new Command.Reassign(null, null, new(to), null) { By = Human(by) };

        var decided = Run(state, command);

        Assert.Equal(expected, decided.Refusal?.Code ?? $"{Needed(decided.After!.Levels[0].Groups[0])}");
    }

    [Fact]
    public void Whoever_the_level_names_needs_no_approval_more()
    {
        // Dan became one of finance after the level was entered.
        var state = Entered(LevelOf(Strategy.Quorum, 2, "role:finance"));
        var later = new DirectorySnapshot([.. Directory.People.Where(person => person.Id != "dan"), .. World.People("dan: finance")]);

        var added = Run(state, new Command.AddApprover(null, new("dan"), null) { By = Human("ana") }, later);
        var handed = Run(state, new Command.Reassign(null, null, new("dan"), null) { By = Human("ana") }, later);

        Assert.Equal((2, 2), (Needed(added.After!.Levels[0].Groups[0]), Needed(handed.After!.Levels[0].Groups[0])));
    }

    [Fact]
    public void A_role_is_needed_still_where_one_of_it_brings_a_stranger()
    {
        var state = Entered(LevelOf(Strategy.Quorum, 2, "role:finance"));
        state = Run(state, new Command.AddApprover(null, new("zed"), null) { By = Human("ana") }).After!;

        state = Run(Run(state, Approve("ana")).After!, Approve("zed")).After!;

        Assert.Equal(RequestStatus.InReview, state.Status);
        Assert.Equal(RequestStatus.Approved, Run(state, Approve("bo")).After!.Status);
    }

    [Theory]
    [InlineData("adam", "", false)]
    [InlineData("alma", "", true)]
    [InlineData("alma", "alma", false)]
    [InlineData("dan", "dan", false)]
    public void Administrators_route_to_others_never_to_themselves(string to, string actsFor, bool allowed)
    {
        var state = Entered(LevelOf(Strategy.Any, 0, "user:ana"));
        var adam = Human("adam", Roles.Admin);
        Command[] commands =
        [
            new Command.Reassign(null, "ana", new(to), null) { By = adam, ActsFor = [actsFor] },
            new Command.AddApprover(null, new(to), null) { By = adam, ActsFor = [actsFor] },
        ];

        Assert.All(commands, command => Assert.Equal(allowed ? null : RefusalCode.NotAuthorized, Run(state, command).Refusal?.Code));
    }

    [Fact]
    public void A_delegate_takes_no_place_of_the_delegator_for_themselves()
    {
        var state = Entered(LevelOf(Strategy.Any, 0, "user:ana"));
        Assert.Equal(RefusalCode.NotAuthorized, Run(state, new Command.Reassign(null, "ana", new("bo"), null) { By = Human("bo"), ActsFor = ["ana"] }).Refusal?.Code);
        Assert.Equal(RefusalCode.NotAuthorized, Run(state, new Command.AddApprover(null, new("bo"), null) { By = Human("bo"), ActsFor = ["ana"] }).Refusal?.Code);
    }

    [Fact]
    public void Nothing_that_one_administrator_does_gives_them_a_decision() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(ArbMap.Default.ArbFor<int>().Generator.ArrayOf().ToArbitrary(), moves =>
        {
            string[] people = ["ana", "bo", "cy", "dan", "eve", "zed", "adam", "alma"];
            var adam = Human("adam", Roles.Admin, Roles.Override);
            var state = Entered(LevelOf((Strategy)((moves.FirstOrDefault() & 3) % 4), 2, "role:finance", "user:dan"));
            foreach (var move in moves)
            {
                var random = new Random(move);
                string Someone() => people[random.Next(people.Length)];
                Command command = random.Next(3) switch
                {
                    0 => new Command.Reassign(null, random.Next(3) == 0 ? null : Someone(), new(Someone(), Someone()), null) { By = adam },
                    1 => new Command.AddApprover(null, new(Someone(), Someone()), null) { By = adam },
                    _ => Approve("adam") with { By = adam },
                };
                state = Run(state, command).After ?? state;
            }
            return Run(state, Approve("adam") with { By = adam }).Refusal is not null
                && state.Levels[0].Groups.All(group => group.Approvers.All(place => place.DecidedBy is null));
        }));

    private static int Needed(GroupState group) => group.MoreNeeded + group.Strategy switch
    {
        Strategy.All => group.Approvers.Count(place => place.Status != ApproverStatus.Reassigned),
        Strategy.Quorum => group.Quorum!.Amount,
        _ => 1,
    };

    private static Command.Approve Approve(string person) => new() { By = Human(person) };

    private static LevelDefinition LevelOf(Strategy strategy, int quorum, params string[] references) => Level(new GroupDefinition
    {
        Approvers = [.. references],
        Strategy = strategy,
        Quorum = strategy == Strategy.Quorum ? new Quorum(quorum, false) : null,
    });

    private static RequestState Entered(LevelDefinition level) => Run(Run(null, Create(level)).After!, new Command.Submit { By = Human("rita") }).After!;

    private static Approvals.Requests.Outcome Run(RequestState? state, Command command, DirectorySnapshot? directory = null)
    {
        var resolver = new LevelResolver(World.Tenant((directory ?? Directory).People), World.Snapshot("rita"));
        var outcome = Transitions.DecideAsync(state, command, World.Now, resolver).AsTask().GetAwaiter().GetResult();
        return outcome.Refusal is null ? outcome : outcome with { After = null };
    }
}
