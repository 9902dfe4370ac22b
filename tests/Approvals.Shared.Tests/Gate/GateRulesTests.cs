using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Tenants;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Gate;

/// <summary>Which policy applies to a call.</summary>
public sealed class GateRulesTests
{
    private static readonly TenantSnapshot Tenant = World.Tenant(World.People("ana: approver", "ada: admin auditor", "bot-7: admin"));

    /// <summary>Policies as <c>key pattern priority [when]</c>, the action type, the policies that match in order (the first applies).</summary>
    public static readonly TheoryData<string[], string, string> Choices = new()
    {
        { [], "a.b", "" },
        { ["k a.b 0"], "a.b", "k" },
        { ["k a.b 0"], "a.c", "" },
        { ["k a.b 0"], "a.B", "" },
        { ["k a.b 0"], "a.b.c", "" },
        { ["k a.* 0"], "a.b", "k" },
        { ["k a.* 0"], "a.b.c.d", "k" },
        { ["k a.* 0"], "a", "" },
        { ["k a.* 0"], "ab.c", "" },
        { ["k a.b.* 0"], "a.b", "" },
        { ["k * 0"], "anything.at.all", "k" },
        { ["k * 9", "below approvals.* 9", "policies approvals.policy.* 9"], "approvals.policy.publish", "approvals.policy.publish" },
        { ["own approvals.policy.publish 0", "k * 9"], "approvals.policy.publish", "own approvals.policy.publish" },
        { ["own approvals.policy.publish 0"], "approvals.policy.retire", "approvals.policy.retire" },
        { ["k * 9", "exact approvals.mine 0"], "approvals.mine", "exact" },
        { ["k * 9"], "approvals.mine", "" },
        { ["k * 9"], "approvals", "k" },
        { ["low a.b 1", "high a.b 2"], "a.b", "high low" },
        { ["z a.b 1", "y a.b 1", "x a.b 1"], "a.b", "x y z" },
        { ["exact a.b 0", "below a.* 0", "all * 0"], "a.b", "all below exact" },
        { ["exact a.b 3", "below a.* 1", "all * 2"], "a.b", "exact all below" },
        { ["deep a.b.* 1", "shallow a.* 2", "all * 0"], "a.b.c", "shallow deep all" },
        { ["twice a.b,a.*,* 0", "other a.* 1"], "a.b", "other twice" },
        { ["false a.b 9 payload.n > 5", "true a.b 1 payload.n < 5"], "a.b", "true" },
        { ["false a.b 9 payload.n > 5"], "a.b", "" },
        { ["-1 a.b -1", "zero a.b 0"], "a.b", "zero -1" },
    };

    /// <summary>Policies, then the one that failed and those that matched.</summary>
    public static readonly TheoryData<string[], string?, string> Faults = new()
    {
        { ["k a.b 0 payload.missing > 5"], "k", "" },
        { ["k a.b 0 payload.text > 5"], "k", "" },
        { ["fails a.b 2 payload.missing > 5", "true a.b 1"], "fails", "true" },
        { ["fails a.b 2 payload.missing > 5", "false a.b 1 payload.n > 5"], "fails", "" },
        { ["true a.b 2", "fails a.b 1 payload.missing > 5"], null, "true" },
        { ["rescued a.b 2 payload.missing > 5 || payload.n < 5"], null, "rescued" },
        { ["uncompilable a.b 2 payload.amuont >"], "uncompilable", "" },
        { ["all * 0 payload.missing"], "all", "" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_highest_priority_then_the_key_decides(string[] policies, string actionType, string matched)
    {
        var evaluation = Evaluate(policies, actionType);

        Assert.Equal(matched, string.Join(' ', evaluation.Matched.Select(policy => policy.Key)));
        Assert.Equal(matched.Length > 0, evaluation.NeedsApproval);
        Assert.Equal(matched.Split(' ')[0], evaluation.Policy?.Key ?? "");
        Assert.Null(evaluation.Fault);
        Assert.Equal(matched.Length == 0, evaluation.Levels.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_condition_that_fails_asks_the_fallback_approvers(string[] policies, string? failed, string matched)
    {
        var evaluation = Evaluate(policies, "a.b");

        Assert.True(evaluation.NeedsApproval);
        Assert.Equal(matched, string.Join(' ', evaluation.Matched.Select(policy => policy.Key)));
        Assert.Equal(failed ?? matched, evaluation.Policy?.Key);
        Assert.Equal(failed is not null, evaluation.Fault is not null);
        var group = evaluation.Levels.Single().Groups.Single();
        Assert.Equal(failed is null ? "role:approver" : "role:admin", group.Approvers.Single());
        Assert.Equal(failed is null ? Strategy.All : Strategy.Any, group.Strategy);
        Assert.Equal(failed is not null, evaluation.Levels.Single().HumanOnly);
    }

    [Fact]
    public void A_lower_policys_fault_is_noted_but_decides_nothing()
    {
        var evaluation = Evaluate(["true a.b 2", "fails a.b 1 payload.missing > 5"], "a.b");

        Assert.StartsWith("fails@1: ", Assert.Single(evaluation.OtherFaults), StringComparison.Ordinal);
        Assert.Equal("true", evaluation.Policy!.Key);
    }

    [Fact]
    public void An_action_without_a_policy_costs_nothing()
    {
        var tenant = Tenant.With([.. Enumerable.Range(0, 50).Select(i => World.Policy($"k{i}", $"a.b{i} c{i}.*"))]);
        var check = World.Check("x.y.z");
        GateRules.Evaluate(tenant, check, World.Now);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            GateRules.Evaluate(tenant, check, World.Now);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(BuiltInPolicies.PublishAction, "role:policy-admin,role:admin")]
    [InlineData(BuiltInPolicies.RetireAction, "role:policy-admin,role:admin")]
    [InlineData("approvals.delegation.create", "manager:requester,role:admin,field:payload.delegator")]
    [InlineData("approvals.directory.change", "role:admin")]
    public void The_services_own_actions_are_gated_from_the_start(string action, string approvers)
    {
        var evaluation = GateRules.Evaluate(Tenant, World.Check(action), World.Now);

        Assert.Equal(new PolicyRef(action, 0), evaluation.Policy);
        Assert.Equal(approvers, string.Join(',', evaluation.Levels.Single().Groups.Single().Approvers));
        Assert.True(evaluation.Levels.Single().HumanOnly);
        Assert.Contains("4711", evaluation.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "own")]
    [InlineData("false", BuiltInPolicies.PublishAction)]
    [InlineData("payload.missing", "own")]
    public void A_tenants_own_policy_replaces_a_built_in_one_wherever_it_applies(string when, string applies)
    {
        var tenant = Tenant.With(World.Policy("own", BuiltInPolicies.PublishAction, when, priority: -100));

        Assert.Equal(applies, GateRules.Evaluate(tenant, World.Check(BuiltInPolicies.PublishAction), World.Now).Policy!.Key);
    }

    [Fact]
    public void What_a_policy_says_of_its_requests_is_passed_on()
    {
        var policy = World.Policy("k", "a.b", "payload.n > 1") with
        {
            DistinctApprovers = true,
            CompleteWithin = TimeSpan.FromHours(3),
            GrantValidFor = TimeSpan.FromMinutes(5),
            Watchers = ["role:auditor", "role:admin", "user:nobody"],
            TitleTemplate = "Bill {payload.number} of {actor.name}, {payload.iban}",
            Sensitive = ["payload.iban"],
        };
        var other = World.Policy("z", "*") with { Sensitive = ["payload.secret", "payload.iban"] };

        var evaluation = GateRules.Evaluate(
            Tenant.With(policy, other), World.Check("a.b", """{"n":2,"number":"B-1","iban":"DE1"}"""), World.Now);

        Assert.Equal((true, TimeSpan.FromHours(3), TimeSpan.FromMinutes(5)), (evaluation.DistinctApprovers, evaluation.CompleteWithin, evaluation.GrantValidFor));
        Assert.Equal<string>(["ada"], evaluation.Watchers);
        Assert.Equal<string>(["payload.iban", "payload.secret"], evaluation.Sensitive);
        Assert.Equal($"Bill B-1 of RAE, {Masking.Mask}", evaluation.Title);
    }

    [Fact]
    public void An_explanation_names_policy_clause_and_values_but_masks_sensitive_ones()
    {
        var policy = World.Policy("bills", "a.b", "payload.amount > 5000 || payload.vendor.iban.startsWith('RU')") with { Sensitive = ["payload.vendor.iban"] };

        var evaluation = GateRules.Evaluate(
            Tenant.With(policy), World.Check("a.b", """{"amount":7200,"vendor":{"iban":"DE02120300000000202051"}}"""), World.Now);

        Assert.Contains("The bills (bills, version 1)", evaluation.Summary, StringComparison.Ordinal);
        Assert.Contains("payload.amount > 5000 (payload.amount is 7200)", evaluation.Summary, StringComparison.Ordinal);
        Assert.Equal(["payload.amount > 5000", "payload.vendor.iban.startsWith('RU')"], evaluation.Explanation.Select(clause => clause.Expression));
        Assert.Equal([Approvals.Values.Value.True, Approvals.Values.Value.False], evaluation.Explanation.Select(clause => clause.Value!.Value));
        Assert.Equal(Masking.Mask, evaluation.Explanation[1].Operands.Single().Value.AsString());
        Assert.DoesNotContain("DE02", string.Join(' ', evaluation.Explanation) + evaluation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_does_not_quote_a_sensitive_value()
    {
        var policy = World.Policy("k", "a.b", "int(payload.pin) > 5") with { Sensitive = ["payload.pin"] };

        var evaluation = GateRules.Evaluate(Tenant.With(policy), World.Check("a.b", """{"pin":"secret"}"""), World.Now);

        Assert.NotNull(evaluation.Fault);
        Assert.DoesNotContain("secret", evaluation.Fault + evaluation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_see_actor_subject_and_time()
    {
        var tenant = Tenant.With(World.Policy(
            "k", "a.b", "actor.type == 'agent' && 'buyer' in actor.roles && actor.id == 'bot-7' && subject.type == 'bill' && subject.id == '4711' && now < timestamp('2026-03-03T00:00:00Z')"));

        Assert.True(GateRules.Evaluate(tenant, World.Check("a.b", actor: Chains.Make.Agent("bot-7", "buyer")), World.Now) is { NeedsApproval: true, Fault: null });
        Assert.False(GateRules.Evaluate(tenant, World.Check("a.b", actor: Chains.Make.Human("bot-7", "buyer")), World.Now).NeedsApproval);
        Assert.False(GateRules.Evaluate(tenant, World.Check("a.b", actor: Chains.Make.Agent("bot-7", "buyer")), World.Now.AddDays(2)).NeedsApproval);
    }

    private static GateEvaluation Evaluate(string[] policies, string actionType) =>
        GateRules.Evaluate(Tenant.With([.. policies.Select(Parse)]), World.Check(actionType, """{"n":1,"text":"x"}"""), World.Now);

    private static Policy Parse(string line)
    {
        var parts = line.Split(' ', 4);
        return World.Policy(parts[0], parts[1].Replace(',', ' '), parts.ElementAtOrDefault(3), int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
