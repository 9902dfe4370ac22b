using System.Collections.Immutable;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Policies.Warnings;
using Approvals.Tenants;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Policies;

/// <summary>What a policy names and is not there.</summary>
public sealed class PolicyWarningsTests
{
    private static readonly TenantSnapshot Tenant = World.Tenant(World.People("rae: requester", "ana: finance-manager @legal", "bot: approver", "ada: admin"));

    [Fact]
    public void References_that_name_nobody_are_told_with_what_was_meant()
    {
        var policy = World.Read("""
            { "key": "k", "name": "K", "actionTypes": ["a.b"], "watchers": ["user:anna"],
              "levels": [
                { "approvers": ["user:ghost", "role:finance_manager", "group:nobody", "user:ana", "role:admin", "manager:requester", "user:bot"], "escalateTo": ["group:legals"] },
                { "groups": [ { "name": "One", "approvers": ["user:ana"] }, { "name": "Two", "approvers": ["role:Admin"] } ] } ] }
            """);

        Assert.Equal(
            [
                "/levels/0/approvers/0 There is nobody with the id 'ghost' in the directory.",
                "/levels/0/approvers/1 Nobody has the role 'finance_manager'. Did you mean 'finance-manager'?",
                "/levels/0/approvers/2 Nobody is in the group 'nobody'.",
                "/levels/0/approvers/6 'bot' is no human; only humans approve.",
                "/levels/0/escalateTo/0 Nobody is in the group 'legals'. Did you mean 'legal'?",
                "/levels/1/groups/1/approvers/0 Nobody has the role 'Admin'. Did you mean 'admin'?",
                "/watchers/0 There is nobody with the id 'anna' in the directory. Did you mean 'ana'?",
            ],
            Warnings(policy));
    }

    [Fact]
    public void Members_that_no_call_had_are_told()
    {
        var policy = World.Read("""
            { "key": "k", "name": "K", "actionTypes": ["a.*"], "when": "payload.amount > 1 && payload.vendor.isnew && actor.id != 'x'",
              "sensitive": ["payload.lines.*.price", "payload.lines.*.cost"],
              "levels": [ { "approvers": ["field:payload.owner", "field:payload.owners"], "when": "payload.lines.exists(l, l.price > 1 && l.count > 1)",
                "autoApprove": [ { "when": "payload['total'] < 1 || payload.lines[0].price > 5" } ] } ] }
            """);
        ImmutableArray<RecordedCheck> recorded =
        [
            Call("a.b", """{"amount":1,"vendor":{"isNew":true},"lines":[]}"""),
            Call("a.c", """{"lines":[{"price":1},{"price":2}],"owner":"ana"}"""),
            Call("b.a", """{"total":5,"lines":[{"cost":1}]}"""),
        ];

        Assert.Equal(
            [
                "/when No recorded call had 'payload.vendor.isnew'; calls looked at: 2.",
                "/levels/0/when No recorded call had 'payload.lines[].count'; calls looked at: 2.",
                "/levels/0/autoApprove/0/when No recorded call had 'payload.total'; calls looked at: 2.",
                "/levels/0/approvers/1 No recorded call had 'payload.owners'; calls looked at: 2.",
                "/sensitive/1 No recorded call had 'payload.lines.*.cost'; calls looked at: 2.",
            ],
            Warnings(policy, recorded));
        Assert.Empty(Warnings(policy, [.. recorded.Where(call => call.Check.ActionType == "b.a")]));
    }

    [Fact]
    public void Action_types_that_differ_in_case_only_are_told()
    {
        var policy = World.Policy("k", "Purchasing.vendorBill.post Sales.*", approvers: "user:ana");
        var others = Tenant.With(World.Policy("other", "purchasing.vendorBill.post", approvers: "user:ana"), World.Policy("k", "sales.*", approvers: "user:ana"));
        ImmutableArray<RecordedCheck> recorded = [Call("purchasing.vendorbill.post"), Call("sales.order"), Call("Sales.order"), Call("inventory.move")];

        Assert.Equal(
            [
                "/actionTypes/0 Case counts: 'Purchasing.vendorBill.post' does not cover calls of 'purchasing.vendorbill.post'.",
                "/actionTypes/0 Case counts: 'Purchasing.vendorBill.post' is another action type than 'purchasing.vendorBill.post' of the policy 'other'.",
                "/actionTypes/1 Case counts: 'Sales.*' does not cover calls of 'sales.order'.",
            ],
            PolicyWarnings.Of(others, policy, recorded).Select(warning => $"{warning.Path} {warning.Message}"));
    }

    [Fact]
    public void Nothing_is_said_of_what_is_there() => Assert.Empty(Warnings(World.Policy("k", "a.b", "payload.amount > 1", approvers: "role:admin"), [Call("a.b", """{"amount":1}""")]));

    private static IEnumerable<string> Warnings(Policy policy, ImmutableArray<RecordedCheck> recorded = default) =>
        PolicyWarnings.Of(Tenant, policy, recorded.IsDefault ? [] : recorded).Select(warning => $"{warning.Path} {warning.Message}");

    private static RecordedCheck Call(string actionType, string payload = "{}") => new(World.Check(actionType, payload), false, World.Now);
}
