using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;

namespace Approvals.Tests.Chains;

/// <summary>Parts of chains with the least that a test has to say.</summary>
internal static class Make
{
    public const string Hash = "00000000000000000000000000000000000000000000000000000000000000aa";

    /// <summary>A Monday, 09:00 UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static Actor Human(string id, params string[] roles) => new() { Id = id, Type = ActorType.Human, Name = id.ToUpperInvariant(), Roles = [.. roles] };

    public static Actor Agent(string id, params string[] roles) => Human(id, roles) with { Type = ActorType.Agent };

    public static GroupDefinition Group(Strategy strategy, params string[] people) =>
        new() { Approvers = [.. people.Select(person => $"user:{person}")], Strategy = strategy };

    public static GroupDefinition QuorumOf(int amount, params string[] people) =>
        Group(Strategy.Quorum, people) with { Quorum = new Quorum(amount, IsPercent: false) };

    public static GroupDefinition Share(int percent, params string[] people) =>
        Group(Strategy.Quorum, people) with { Quorum = new Quorum(percent, IsPercent: true) };

    /// <summary>One group, all of whom must approve.</summary>
    public static LevelDefinition Level(params string[] people) => Level(Group(Strategy.All, people));

    public static LevelDefinition Any(params string[] people) => Level(Group(Strategy.Any, people));

    public static LevelDefinition Level(params GroupDefinition[] groups) => new() { Name = "Level", Groups = [.. groups] };

    public static Command.Create Create(params LevelDefinition[] levels) => Create(Human("rita"), levels);

    public static Command.Create Create(Actor requester, params LevelDefinition[] levels) => new()
    {
        By = requester,
        Tenant = "contoso",
        RequestId = "r1",
        Origin = RequestOrigin.Gate,
        RequestType = "action",
        ActionType = "purchasing.order.place",
        Subject = new Subject("order", "PO-7"),
        PayloadHash = Hash,
        Policy = new PolicyRef("purchasing", 3),
        Levels = [.. levels],
    };

    public static ImmutableArray<Candidate> People(params string[] people) => [.. people.Select(person => new Candidate(person))];
}
