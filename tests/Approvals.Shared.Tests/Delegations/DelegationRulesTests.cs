using Approvals.Actors;
using Approvals.Chains;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Tests.Chains;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Delegations;

/// <summary>Which delegations may be created.</summary>
public sealed class DelegationRulesTests
{
    private static readonly System.Collections.Immutable.ImmutableArray<Person> Office = World.People(
        "ana: x #finance", "bo: x #finance", "mika: x #operations", "una: x", "uno: x", "bot-7: x #finance", "ada: admin #operations");

    [Theory]
    [InlineData("ana", "bo", false)]
    [InlineData("ana", "mika", true)]
    [InlineData("ana", "una", true)]
    [InlineData("una", "ana", true)]
    [InlineData("una", "uno", true)]
    public void Delegating_across_departments_needs_approval(string delegator, string receiver, bool gated) =>
        Assert.Equal(new DelegationCheck(null, gated), Check(World.Lends(delegator, receiver), delegator));

    [Theory]
    [InlineData("ana", "ana", "VALIDATION_FAILED", "delegate")]
    [InlineData("ana", "nobody", "VALIDATION_FAILED", "delegate")]
    [InlineData("ana", "bot-7", "APPROVAL_AGENT_FORBIDDEN", "delegate")]
    public void Only_another_person_is_lent_authority(string delegator, string receiver, string code, string field)
    {
        var check = Check(World.Lends(delegator, receiver), delegator);

        Assert.Equal((code, field), (check.Refusal?.Code, check.Field));
    }

    [Fact]
    public void One_delegates_for_oneself_and_an_administrator_for_anybody()
    {
        var delegation = World.Lends("ana", "bo");

        Assert.Null(Check(delegation, "ana").Refusal);
        Assert.Null(DelegationRules.Check(World.Tenant(Office), delegation, Make.Human("ada", Roles.Admin), World.Now).Refusal);
        Assert.Equal(RefusalCode.NotAuthorized, Check(delegation, "bo").Refusal?.Code);
        Assert.Equal(RefusalCode.AgentForbidden, DelegationRules.Check(World.Tenant(Office), delegation, Make.Agent("ana", Roles.Admin), World.Now).Refusal?.Code);
        Assert.Equal(
            ("VALIDATION_FAILED", "delegator"), Told(DelegationRules.Check(World.Tenant(Office), World.Lends("nobody", "bo"), Make.Human("ada", Roles.Admin), World.Now)));
    }

    [Fact]
    public void Its_terms_must_make_sense()
    {
        var delegation = World.Lends("ana", "bo");

        Assert.Equal(("VALIDATION_FAILED", "until"), Told(Check(delegation with { Until = World.Now }, "ana")));
        Assert.Equal(("VALIDATION_FAILED", "until"), Told(Check(delegation with { From = delegation.Until }, "ana")));
        Assert.Equal(("VALIDATION_FAILED", "actionTypes"), Told(Check(delegation with { ActionTypes = [] }, "ana")));
        Assert.Equal(("VALIDATION_FAILED", "actionTypes"), Told(Check(delegation with { ActionTypes = ["a.*.b"] }, "ana")));
        Assert.Equal(("VALIDATION_FAILED", "reason"), Told(Check(delegation with { Reason = new string('x', 501) }, "ana")));
        Assert.Null(Check(delegation with { Reason = new string('x', 500), From = World.Now.AddDays(-9) }, "ana").Refusal);
    }

    /// <summary>What is there, what is added (by its delegator), whether it is refused.</summary>
    [Theory]
    [InlineData("", "ana-bo", false)]
    [InlineData("bo-ana", "ana-bo", true)]
    [InlineData("bo-mika mika-ana", "ana-bo", true)]
    [InlineData("bo-mika mika-una", "ana-bo", false)]
    [InlineData("ana-bo", "ana-bo", false)]
    [InlineData("bo-ana/sales.*", "ana-bo/hr.*", false)]
    [InlineData("bo-ana/sales.*", "ana-bo/sales.refund.issue", true)]
    [InlineData("bo-ana/sales.*", "ana-bo", true)]
    [InlineData("bo-mika/sales.* mika-ana/hr.*", "ana-bo", false)]
    [InlineData("bo-mika/sales.*,hr.* mika-ana/hr.*", "ana-bo", true)]
    public void A_circle_is_refused(string existing, string added, bool refused)
    {
        var delegation = RoutingTests.Parse(added)[0] with { Id = "new" };
        var check = DelegationRules.Check(World.Tenant(Office, RoutingTests.Parse(existing)), delegation, Make.Human(delegation.Delegator), World.Now);

        Assert.Equal(refused ? RefusalCode.DelegationCycle : null, check.Refusal?.Code);
    }

    [Fact]
    public void A_circle_needs_one_moment_at_which_it_is_closed()
    {
        var later = World.Lends("bo", "ana") with { From = World.Now.AddDays(1), Until = World.Now.AddDays(2) };
        var added = World.Lends("ana", "bo");

        Assert.Null(Check(added, "ana", later).Refusal);
        Assert.Equal(RefusalCode.DelegationCycle, Check(added with { Until = later.From.AddTicks(1) }, "ana", later).Refusal?.Code);
        Assert.Null(Check(added, "ana", later with { From = World.Now, EndedAt = World.Now }).Refusal);
        Assert.Null(Check(added, "ana", World.Lends("bo", "ana") with { Until = World.Now }).Refusal);
        Assert.Equal(RefusalCode.DelegationCycle, Check(added, "ana", World.Lends("bo", "ana") with { PendingRequest = "r1" }).Refusal?.Code);

        // Each overlaps the new one, but never both at once.
        var first = World.Lends("bo", "mika") with { Until = World.Now.AddHours(1) };
        var second = World.Lends("mika", "ana") with { From = World.Now.AddHours(1) };
        Assert.Null(Check(added, "ana", first, second).Refusal);
    }

    [Fact]
    public void A_maze_without_a_way_back_is_told_quickly()
    {
        var people = World.People([.. Enumerable.Range(0, 40).Select(i => $"p{i:00}: x")]);
        var maze = (from i in Enumerable.Range(1, 38) from j in Enumerable.Range(1, 38) where i != j select World.Lends($"p{i:00}", $"p{j:00}")).ToArray();

        Assert.Null(DelegationRules.Check(World.Tenant(people, maze), World.Lends("p00", "p01"), Make.Human("p00"), World.Now).Refusal);
        Assert.Equal(
            RefusalCode.DelegationCycle,
            DelegationRules.Check(World.Tenant(people, [.. maze, World.Lends("p38", "p00")]), World.Lends("p00", "p01"), Make.Human("p00"), World.Now).Refusal?.Code);
    }

    private static DelegationCheck Check(Delegation delegation, string by, params Delegation[] existing) =>
        DelegationRules.Check(World.Tenant(Office, existing), delegation, Make.Human(by), World.Now);

    private static (string?, string?) Told(DelegationCheck check) => (check.Refusal?.Code, check.Field);
}
