using Approvals.Actors;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Tenants;
using Approvals.Tests.Chains;

namespace Approvals.Tests.Tenants;

/// <summary>The demo tenant can show everything.</summary>
public sealed class DemoTests
{
    internal static readonly TenantSnapshot Contoso = Read();

    [Theory]
    [InlineData(Roles.Requester)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.PolicyAdmin)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Override)]
    public void Somebody_has_every_role(string role) =>
        Assert.Contains(Contoso.Directory.InRole(role), person => person.Kind == ActorType.Human);

    [Fact]
    public void Two_people_can_publish_and_two_departments_delegate()
    {
        Assert.True(Contoso.Directory.InRole(Roles.PolicyAdmin).Length >= 2);
        Assert.Equal(["finance", "operations"], Contoso.Directory.People.Select(person => person.Department).Distinct().Order());
        Assert.All(Contoso.Directory.People, person => Assert.True(person.Manager is null || Contoso.Directory.Find(person.Manager) is not null));
    }

    [Fact]
    public void Ana_is_the_designs_ana()
    {
        var ana = Contoso.Directory.Find("ana")!;

        Assert.Equal(("Ana Alves", "ana@contoso.test", "cleo"), (ana.Name, ana.Email, ana.Manager));
        Assert.Equal<string>(["approver", "finance-manager"], ana.Roles);
        Assert.Equal(ActorType.Agent, Contoso.Directory.Find("bot-7")!.Kind);
    }

    [Fact]
    public void The_vendor_bill_policy_is_the_designs()
    {
        const string Design = """
            { "tenant": "contoso", "key": "purchasing.vendorBill.post", "name": "Vendor bills", "actionTypes": ["purchasing.vendorBill.post"], "when": "payload.amount > 5000 || payload.vendor.isNew", "priority": 100,
            "levels": [ { "name": "Manager", "approvers": ["manager:requester"], "strategy": "any", "respondWithin": "48h" }, { "name": "Finance", "approvers": ["role:finance-manager"], "strategy": "quorum", "quorum": 2, "when": "payload.amount > 50000", "onTimeout": "escalate", "escalateTo": ["user:cfo"] } ] }
            """;

        Assert.Equal(World.Json(Design), Demo.Policies[0]);
    }

    [Fact]
    public void A_large_bill_goes_to_the_manager_and_both_finance_managers()
    {
        var check = World.Check("purchasing.vendorBill.post", """{"amount":60000,"vendor":{"isNew":false}}""", Make.Human("rae"));
        var evaluation = GateRules.Evaluate(Contoso, check, World.Now);
        var policy = Contoso.Policies.Active.Single(version => version.Policy.Key == evaluation.Policy!.Key).Policy;

        var simulated = PolicySimulation.Run(Contoso, policy, 1, check, World.Now);

        Assert.Equal(["mika", "ana bo"], simulated.Levels.Select(level => string.Join(' ', level.Approvers)));
    }

    private static TenantSnapshot Read()
    {
        Assert.True(DirectoryReader.TryRead(Demo.Directory, out var tenants, out var errors), string.Join("; ", errors));
        var policies = Demo.Policies.Select(source =>
        {
            Assert.Equal(Demo.Tenant, PolicyReader.TenantOf(source));
            Assert.True(PolicyReader.TryRead(source, tenants[0].Settings, out var policy, out var wrong), string.Join("; ", wrong));
            return World.Active(policy);
        });
        return new TenantSnapshot(
            tenants[0].Settings, new DirectorySnapshot(tenants[0].People), new PolicySet(policies), new Approvals.Delegations.DelegationSet([]));
    }
}
