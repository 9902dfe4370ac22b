using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Directory;
using Approvals.Tenants;
using Approvals.Tests.Chains;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Directory;

/// <summary>Who is asked at a level.</summary>
public sealed class LevelResolverTests
{
    private static readonly System.Collections.Immutable.ImmutableArray<Person> Office = World.People(
        "rae: requester ^mika", "mika: approver ^cleo", "cleo: approver ^cfo", "cfo: director", "ana: finance @team", "bo: finance @team", "ada: admin",
        "bot-7: finance @team ^bot-8", "bot-8: robot ^mika", "loop: x ^pool", "pool: x ^loop", "self: x ^self");

    /// <summary>Requester, references, payload; the people found.</summary>
    public static readonly TheoryData<string, string, string, string> References = new()
    {
        { "rae", "user:ana", "{}", "ana" },
        { "rae", "user:nobody user:bo", "{}", "bo" },
        { "rae", "user:bot-7", "{}", "" },
        { "rae", "role:finance", "{}", "ana bo" },
        { "rae", "group:team user:ana", "{}", "ana bo" },
        { "rae", "user:bo role:finance", "{}", "bo ana" },
        { "rae", "role:nothing group:nothing", "{}", "" },
        { "rae", "manager:requester", "{}", "mika" },
        { "rae", "manager^2:requester", "{}", "cleo" },
        { "rae", "manager^3:requester", "{}", "cfo" },
        { "rae", "manager^4:requester", "{}", "" },
        { "cfo", "manager:requester", "{}", "" },
        { "bot-8", "manager:requester", "{}", "mika" },
        { "bot-7", "manager:requester", "{}", "" },
        { "bot-7", "manager^2:requester", "{}", "mika" },
        { "stranger", "manager:requester", "{}", "" },
        { "loop", "manager:requester", "{}", "pool" },
        { "loop", "manager^2:requester", "{}", "" },
        { "loop", "manager^9:requester", "{}", "" },
        { "self", "manager:requester", "{}", "" },
        { "rae", "field:payload.owner", """{"owner":"ana"}""", "ana" },
        { "rae", "field:payload.a.owners", """{"a":{"owners":["bo","nobody",5,"ana","bo","bot-7"]}}""", "bo ana" },
        { "rae", "field:payload.owner", """{"owner":{"id":"ana"}}""", "" },
        { "rae", "field:payload.owner", """{"owner":null}""", "" },
        { "rae", "field:payload.owner", "{}", "" },
        { "rae", "user:rae", "{}", "rae" },
        { "rae", "nonsense", "{}", "" },
    };

    /// <summary>The level's condition, its rules (separated by ;), the payload; skipped, the rule, whether there is a fault.</summary>
    public static readonly TheoryData<string?, string, bool, string, bool, string?, bool> Conditions = new()
    {
        { null, "", false, "{}", false, null, false },
        { "payload.n > 5", "", false, """{"n":1}""", true, null, false },
        { "payload.n > 5", "", false, """{"n":9}""", false, null, false },
        { "payload.n > 5", "true", false, "{}", false, null, true },
        { "payload.n >", "true", false, "{}", false, null, true },
        { "payload.n > 5", "true", false, """{"n":1}""", true, null, false },
        { null, "payload.n < 5;true", false, """{"n":1}""", false, "payload.n < 5", false },
        { null, "payload.n < 5;true", false, """{"n":9}""", false, "true", false },
        { null, "payload.n < 5;true", false, "{}", false, null, true },
        { null, "true;payload.missing", false, "{}", false, "true", false },
        { null, "true", true, "{}", false, null, false },
        { null, "payload.missing", true, "{}", false, null, false },
        { null, "actor.id == 'rae' && subject.id == 'PO-7'", false, "{}", false, "actor.id == 'rae' && subject.id == 'PO-7'", false },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void References_become_people(string requester, string references, string payload, string people) =>
        Assert.Equal(people, Shown(Resolve(World.Tenant(Office), World.Snapshot(requester, payload), Level(references)).Groups[0]));

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_that_fails_has_people_asked(string? when, string rules, bool humanOnly, string payload, bool skip, string? rule, bool fault)
    {
        var level = Level("user:ana") with { When = when, AutoApprove = [.. rules.Split(';', StringSplitOptions.RemoveEmptyEntries)], HumanOnly = humanOnly };

        var resolution = Resolve(World.Tenant(Office), World.Snapshot("rae", payload), level);

        Assert.Equal((skip, rule, fault), (resolution.Skip, resolution.AutoApproveRule, resolution.ConditionFault is not null));
        Assert.Equal("ana", Shown(resolution.Groups[0]));
    }

    [Theory]
    [InlineData("user:cfo", "user:ana", "cfo")]
    [InlineData("", "user:ana", "ana")]
    [InlineData("user:nobody", "user:ana", "ana")]
    [InlineData("user:rae", "user:ana", "ana")]
    [InlineData("user:cfo", null, "cfo")]
    [InlineData("", null, "")]
    public void Escalation_goes_to_the_named_else_to_the_next_level(string escalateTo, string? next, string targets)
    {
        var level = Level("user:bo") with { EscalateTo = [.. escalateTo.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
        LevelDefinition[] levels = next is null ? [level] : [level, Level(next)];

        var resolution = Resolve(World.Tenant(Office), World.Snapshot(), levels);

        Assert.Equal(targets, Shown(resolution.EscalationTargets));
        Assert.Equal("ada", Shown(resolution.Fallback));
    }

    [Fact]
    public void Groups_keep_their_order()
    {
        var level = Make.Level(Make.Group(Strategy.Any, "bo"), Make.Group(Strategy.Any, "nobody"), Make.Group(Strategy.Any, "ana", "bo"));

        Assert.Equal(["bo", "", "ana bo"], Resolve(World.Tenant(Office), World.Snapshot(), level).Groups.Select(group => Shown(group)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_level_that_is_not_there_has_the_fallback_approvers_only(int level)
    {
        var resolution = new LevelResolver(World.Tenant(Office), World.Snapshot()).Resolve(State(Level("user:ana")), level, World.Now);

        Assert.Empty(resolution.Groups);
        Assert.Equal("ada", Shown(resolution.Fallback));
    }

    [Theory]
    [InlineData("manager:requester")]
    [InlineData("manager^2:requester")]
    [InlineData("user:nobody manager:requester")]
    [InlineData("user:mika")]
    [InlineData("role:approver")]
    [InlineData("field:payload.owner")]
    [InlineData("field:payload.owners")]
    public void Whoever_removed_those_who_are_asked_does_not_stand_in_for_them(string references)
    {
        var removed = Office.Select(person => person.Id == "mika" ? person.Gone("ada", World.Now) : person).Concat(World.People("alma: admin"));
        var snapshot = World.Snapshot("rae", """{"owner":"mika","owners":["nobody","mika"]}""");

        Assert.Equal("alma", Shown(Resolve(World.Tenant(removed), snapshot, Level(references)).Fallback));
        Assert.Equal("ada alma", Shown(Resolve(World.Tenant(removed), snapshot, Level("user:nobody")).Fallback));

        // Nor as an escalation target, which takes over in time what the others do not answer.
        var asked = Resolve(World.Tenant(removed), snapshot, Level(references) with { EscalateTo = ["role:admin"] });
        Assert.Equal(asked.Groups[0].IsEmpty ? "alma" : "ada alma", Shown(asked.EscalationTargets));
    }

    [Fact]
    public void Later_levels_people_are_involved_from_the_start()
    {
        var tenant = World.Tenant(Office);
        LevelDefinition[] levels = [Level("manager:requester"), Level("role:finance"), Level("field:payload.owner user:bo")];
        var snapshot = World.Snapshot("rae", """{"owner":"cleo"}""");

        Assert.Equal<string>(["mika", "ana", "bo", "cleo"], Involved.Levels(tenant, snapshot, [.. levels]));
        Assert.Equal<string>(["cleo", "bo"], Involved.LaterLevels(tenant, snapshot, State(levels) with { CurrentLevel = 2 }));
        Assert.Equal<string>(["ana", "bo"], Involved.People(tenant, snapshot, ["group:team"]));
    }

    internal static LevelDefinition Level(string references) =>
        Make.Level(new GroupDefinition { Approvers = [.. references.Split(' ')], Strategy = Strategy.All });

    internal static LevelResolution Resolve(TenantSnapshot tenant, Approvals.Requests.Snapshot snapshot, params LevelDefinition[] levels) =>
        new LevelResolver(tenant, snapshot).Resolve(State(levels), 1, World.Now);

    internal static string Shown(IEnumerable<Candidate> candidates) => string.Join(
        ' ', candidates.Select(candidate => candidate.RoutedTo is null ? candidate.Person : $"{candidate.Person}>{candidate.RoutedTo}"));

    private static Approvals.Chains.State.RequestState State(params LevelDefinition[] levels) =>
        Chain.Evolve(null, Chain.Decide(null, Make.Create(levels), World.Now).Events[0]);
}
