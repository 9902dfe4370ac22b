using Approvals.Actors;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Packs;
using Approvals.Policies.Simulation;
using Approvals.Tenants;
using Approvals.Tests.Tenants;
using Approvals.Values;

namespace Approvals.Tests.Policies;

/// <summary>The packs do what their authors expect of them.</summary>
public sealed class PolicyPackTests
{
    private static readonly string[] Wanted =
    [
        "purchasing: purchasing.order.place purchasing.paymentRun.release purchasing.vendorBill.post",
        "sales: sales.creditLimit.change sales.discount.apply sales.refund.issue",
        "inventory: inventory.adjustment.post inventory.writeOff.post",
        "pos: pos.price.override pos.refund.issue pos.sale.void",
        "accounting: accounting.journal.post accounting.period.reopen",
        "agents: agents.data.delete agents.message.send agents.spend",
    ];

    public static IEnumerable<object[]> Cases => PolicyPacks.All.SelectMany(pack => pack.Cases, (pack, each) => new object[] { pack.Key, each.Name });

    public static TheoryData<string> Keys => [.. PolicyPacks.All.Select(pack => pack.Key)];

    [Fact]
    public void Every_area_has_its_packs() => Assert.Equal(
        Wanted, PolicyPacks.All.GroupBy(pack => pack.Area).Select(area => $"{area.Key}: {string.Join(' ', area.Select(pack => pack.Key))}"));

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_pack_is_ready_to_publish_and_tests_every_level(string key)
    {
        var pack = PolicyPacks.Find(key)!;
        Assert.True(PolicyReader.TryRead(pack.For("contoso"), World.Settings, out var policy, out var errors), string.Join("; ", errors));

        Assert.Equal(policy.Levels.Select(level => level.Name).Order(), pack.Cases.SelectMany(each => each.Levels).Distinct().Where(name => name != "Fallback").Order());
        Assert.NotNull(policy.Description);
        Assert.NotNull(policy.TitleTemplate);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pack_gates_what_it_says(string key, string name)
    {
        var pack = PolicyPacks.Find(key)!;
        var expected = pack.Cases.Single(each => each.Name == name);
        PolicyReader.TryRead(pack.Source, World.Settings, out var policy, out _);
        Assert.True(DirectoryReader.TryRead(Demo.Directory, out var tenants, out _));
        var tenant = new TenantSnapshot(
            tenants[0].Settings, new DirectorySnapshot(tenants[0].People), new PolicySet([World.Active(policy!)]), new Approvals.Delegations.DelegationSet([]));
        var check = Check(expected.Input);

        var evaluation = GateRules.Evaluate(tenant, check, World.Now);
        var simulated = PolicySimulation.Run(tenant, policy!, 1, check, World.Now);

        Assert.Equal((expected.Gated, expected.Gated), (evaluation.NeedsApproval, simulated.Matched));
        Assert.Equal(expected.Levels, simulated.Levels.Where(level => level.IsAsked).Select(level => level.Name));
        Assert.Equal(expected.Levels.Contains("Fallback"), simulated.Fault is not null);

        // The demo tenant has somebody for every role that the packs name.
        Assert.All(simulated.Levels.Where(level => level.IsAsked), level => Assert.NotEmpty(level.Approvers));
    }

    private static GateCheck Check(Value input)
    {
        var actor = input.At("actor")!.Value;
        return new GateCheck
        {
            ActionType = input.At("actionType")!.Value.AsString(),
            Actor = new Actor
            {
                Id = actor.At("id")!.Value.AsString(),
                Name = actor.At("id")!.Value.AsString(),
                Type = actor.At("type")!.Value.AsString() == "agent" ? ActorType.Agent : ActorType.Human,
                Roles = [.. actor.At("roles")!.Value.Items.ToArray().Select(role => role.AsString())],
            },
            Subject = new Subject("case", "1"),
            Payload = input.At("payload")!.Value,
        };
    }
}
