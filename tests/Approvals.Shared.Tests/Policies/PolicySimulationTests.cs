using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Tenants;
using Approvals.Tests.Chains;
using Approvals.Tests.Tenants;
using Approvals.Values;

namespace Approvals.Tests.Policies;

/// <summary>What a policy would do.</summary>
public sealed class PolicySimulationTests
{
    private static readonly TenantSnapshot Tenant =
        World.Tenant(World.People("rae: x ^mika", "mika: x", "ana: finance", "bo: finance", "ada: admin"), World.Lends("ana", "mika", "purchasing.*"));

    private static readonly Policy Bills = World.Read("""
        { "key": "bills", "name": "Bills", "actionTypes": ["purchasing.*"], "when": "payload.amount > 100 || payload.isNew", "sensitive": ["payload.iban"],
          "levels": [
            { "name": "Manager", "approvers": ["manager:requester"], "autoApprove": [{ "when": "payload.amount < 200" }] },
            { "name": "Finance", "approvers": ["role:finance", "user:rae"], "when": "payload.amount > 1000" },
            { "name": "Nobody", "approvers": ["user:nobody"], "when": "payload.amount > 5000" } ] }
        """);

    [Fact]
    public void Run_matching_names_levels_people_and_reasons()
    {
        var result = Run("""{"amount":9000,"isNew":false}""");

        Assert.True(result.Matched);
        Assert.Equal(new PolicyRef("bills", 7), result.Policy);
        Assert.Equal(["Manager: mika", "Finance: mika bo", "Nobody: ada"], result.Levels.Select(level => $"{level.Name}: {string.Join(' ', level.Approvers)}"));
        Assert.Equal("payload.amount > 100", result.Explanation[0].Expression);
        Assert.Equal(Value.True, result.Explanation[0].Value);
        Assert.Equal(KeyValuePair.Create("payload.amount", Value.From(9000.0)), Assert.Single(result.Explanation[0].Operands));
    }

    [Fact]
    public void Run_skipped_and_automatic_levels_ask_nobody()
    {
        var result = Run("""{"amount":150,"isNew":false}""");

        Assert.Equal<SimulatedLevel>(
            [new SimulatedLevel("Manager", [], AutoApproved: true, Rule: "payload.amount < 200"), new SimulatedLevel("Finance", [], Skipped: true), new SimulatedLevel("Nobody", [], Skipped: true)],
            result.Levels);
    }

    [Fact]
    public void Run_says_that_the_fallback_is_asked()
    {
        var tenant = Fallback("role:admin");

        var result = PolicySimulation.Run(tenant, Bills, 7, World.Check("purchasing.order", """{"amount":9000,"isNew":false}"""), World.Now);
        Assert.Equal([false, false, true], result.Levels.Select(level => level.Fallback));
        Assert.Equal<string>(["ada"], result.Levels[2].Approvers);
        Assert.Null(result.Refusal);
        // A condition that failed has them asked in place of the levels.
        Assert.True(PolicySimulation.Run(tenant, Bills, 7, World.Check("purchasing.order", """{"amount":50}"""), World.Now).Levels.Single().Fallback);
    }

    [Theory]
    // Nobody but the requester is left.
    [InlineData("""{"approvers":["user:ghost"]}""", "user:rae", true)]
    [InlineData("""{"approvers":["user:rae"]}""", "user:rae", true)]
    [InlineData("""{"approvers":["user:ghost"]}""", "user:ada", false)]
    // Two are needed.
    [InlineData("""{"approvers":["user:ana","user:ghost"],"strategy":"quorum","quorum":2}""", "user:rae", true)]
    [InlineData("""{"approvers":["user:ana","user:ghost"],"strategy":"quorum","quorum":2}""", "user:ada", false)]
    [InlineData("""{"approvers":["user:ana","user:ghost"],"strategy":"quorum","quorum":2,"escalateTo":["user:bo"]}""", "user:rae", false)]
    [InlineData("""{"groups":[{"name":"A","approvers":["user:ana"]},{"name":"B","approvers":["user:ghost"]}]}""", "user:rae", true)]
    [InlineData("""{"groups":[{"name":"A","approvers":["user:ana"]},{"name":"B","approvers":["user:ghost"]}]}""", "user:ada", false)]
    public void Run_says_that_nobody_could_approve(string level, string fallback, bool refused)
    {
        var policy = World.Read($$"""{"key":"k","name":"K","actionTypes":["a.b"],"levels":[{{level}}]}""");
        var result = PolicySimulation.Run(Fallback(fallback), policy, 1, World.Check("a.b"), World.Now);

        Assert.Equal(refused, result.Refusal is { Code: "APPROVAL_INVALID_LEVEL" });
        Assert.Equal(refused, result.Levels[0].Approvers.IsEmpty);
        if (refused)
        {
            Assert.Equal("Nobody is left to approve level 1, so the gate would refuse the call.", result.Refusal!.Detail);
            Assert.EndsWith(result.Refusal.Detail, result.Summary, StringComparison.Ordinal);
        }
    }

    private static TenantSnapshot Fallback(string approver) => Tenant with { Settings = Tenant.Settings with { FallbackApprovers = [approver] } };

    /// <summary>The members that the compiler knows are those that the gate gives: one that it refused, or let pass, would show here.</summary>
    [Fact]
    public void Run_gives_the_actor_and_the_subject_all_members_that_conditions_may_name()
    {
        var policy = World.Policy("all", "*", """
            size(actor) == 6 && actor.id != '' && actor.type == 'human' && actor.name != '' && !('x' in actor.roles)
            && size(subject) == 2 && subject.type == 'bill' && subject.id == '4711'
            """);
        var result = PolicySimulation.Run(Tenant, policy, 1, World.Check("any"), World.Now);

        Assert.Equal((true, null), (result.Matched, result.Fault));
    }

    [Theory]
    [InlineData(false, true, "Low: - High: - Fallback: ada", "fallback approvers are asked")]
    [InlineData(true, false, "Low: - High: -", "lets such a call pass")]
    public void Run_where_every_level_is_skipped_says_who_is_asked_instead(bool allow, bool matched, string levels, string said)
    {
        var gap = World.Read("""
            { "key": "gap", "name": "Gap", "actionTypes": ["gap"], "levels": [
              { "name": "Low", "approvers": ["user:mika"], "when": "payload.amount > 0 && payload.amount <= 1500" },
              { "name": "High", "approvers": ["user:ana"], "when": "payload.amount >= 1500.1" } ] }
            """) with { AllowWhenNoLevelApplies = allow };
        foreach (var payload in (string[])["""{"amount":1500.05}""", """{"amount":-90000}"""])
        {
            var check = World.Check("gap", payload, Make.Human("rae"));
            var result = PolicySimulation.Run(Tenant, gap, 1, check, World.Now);
            Assert.Equal((matched, levels), (
                result.Matched, string.Join(' ', result.Levels.Select(level => $"{level.Name}: {(level.Skipped ? "-" : string.Join(' ', level.Approvers))}"))));
            Assert.Contains(said, result.Summary, StringComparison.Ordinal);
            Assert.Equal(matched, GateRules.Evaluate(Tenant.With(gap), check, World.Now).NeedsApproval);
        }
        Assert.Equal(["Low"], PolicySimulation.Run(Tenant, gap, 1, World.Check("gap", """{"amount":7}"""), World.Now).Levels.Where(level => level.IsAsked).Select(level => level.Name));
        Assert.True(GateRules.Evaluate(Tenant.With(gap), World.Check("gap", """{"amounts":7}"""), World.Now).NeedsApproval);
    }

    [Theory]
    [InlineData("""{"amount":50,"isNew":false}""", "purchasing.order", false, 0, false)]
    [InlineData("""{"amount":50}""", "purchasing.order", true, 1, true)]
    [InlineData("""{"amount":9000}""", "sales.order", false, 0, false)]
    public void Run_says_whether_it_matched(string payload, string actionType, bool matched, int levels, bool fault)
    {
        var result = PolicySimulation.Run(Tenant, Bills, 7, World.Check(actionType, payload), World.Now);

        Assert.Equal((matched, levels, fault), (result.Matched, result.Levels.Length, result.Fault is not null));
        Assert.NotEmpty(result.Summary);
    }

    [Fact]
    public void Replay_of_a_changed_policy_compares_with_what_happened()
    {
        var stricter = Bills with { When = "payload.amount > 20" };
        var laxer = Bills with { When = "payload.amount > 500" };
        RecordedCheck[] recorded = [Call(10), Call(50), Call(300, gated: true), Call(900, gated: true), Call(9000, gated: false, "other.thing")];
        var live = Tenant.With(Bills);

        Assert.Equal((5, 3, 1, 0), Counts(PolicySimulation.Replay(live, stricter, 8, recorded)));
        Assert.Equal((5, 1, 0, 1), Counts(PolicySimulation.Replay(live, laxer, 8, recorded)));
        Assert.Equal((5, 2, 0, 0), Counts(PolicySimulation.Replay(live, Bills, 7, recorded)));
        Assert.Equal<string>(["Manager"], PolicySimulation.Replay(live, laxer, 8, recorded).Items[3].Levels);
    }

    [Fact]
    public void Replay_knows_that_another_policy_still_gates_a_call()
    {
        var live = Tenant.With(Bills, World.Policy("everything", "*"));

        Assert.Equal((2, 2, 0, 0), Counts(PolicySimulation.Replay(live, Bills with { When = "false" }, 8, [Call(300, gated: true), Call(900, gated: true)])));
    }

    [Fact]
    public void Replay_of_a_new_policy_looks_at_it_alone()
    {
        var other = Bills with { Key = "new", When = "payload.amount > 500" };

        Assert.Equal((3, 1, 0, 1), Counts(PolicySimulation.Replay(Tenant.With(Bills), other, 0, [Call(50), Call(300, gated: true), Call(900, gated: true)])));
    }

    [Fact]
    public void Replay_counts_calls_that_a_narrower_version_lets_go()
    {
        var narrower = Bills with { ActionTypes = ["purchasing.invoice"] };

        Assert.Equal((1, 0, 0, 1), Counts(PolicySimulation.Replay(Tenant.With(Bills), narrower, 8, [Call(300, gated: true)])));
    }

    private static SimulationResult Run(string payload) => PolicySimulation.Run(Tenant, Bills, 7, World.Check("purchasing.order", payload), World.Now);

    private static RecordedCheck Call(int amount, bool gated = false, string actionType = "purchasing.order") =>
        new(World.Check(actionType, $$"""{"amount":{{amount}},"isNew":false}""", Make.Human("rae")), gated, World.Now);

    private static (int, int, int, int) Counts(ReplayResult result) => (result.Evaluated, result.Gated, result.NewlyGated, result.NoLongerGated);
}
