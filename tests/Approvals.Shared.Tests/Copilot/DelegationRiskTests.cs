using Approvals.Delegations;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Copilot;

/// <summary>Delegations that come back to who lent them.</summary>
public sealed class DelegationRiskTests
{
    private const string Pair = "Two people delegate to each other";
    private const string Circle = "Delegations in a circle";

    [Fact]
    public void Two_people_for_each_other_one_after_the_other_are_a_pair()
    {
        var card = Assert.Single(Of(World.Lends("mo", "fay"), Later(World.Lends("fay", "mo"))).Found(Pair));
        Assert.Equal(["mo-fay", "fay-mo"], card.Provenance.Select(provenance => provenance.Ref).OrderDescending());
    }

    [Fact]
    public void Three_in_a_circle_are_found_once()
    {
        var scope = Of(World.Lends("mo", "fay"), World.Lends("fay", "rae"), Later(World.Lends("rae", "mo")));
        Assert.Contains("fay → rae → mo → fay", Assert.Single(scope.Found(Circle)).Summary, StringComparison.Ordinal);
        Assert.Empty(scope.Found(Pair));
    }

    [Fact]
    public void A_chain_an_unapproved_one_and_one_that_was_over_before_are_not()
    {
        Assert.Empty(Of(World.Lends("mo", "fay"), World.Lends("fay", "rae")).Found(Circle));
        Assert.Empty(Of(World.Lends("mo", "fay"), World.Lends("fay", "mo") with { PendingRequest = "r1" }).Found(Pair));
        Assert.Empty(Of(World.Lends("mo", "fay"), World.Lends("fay", "mo") with { From = World.Now.AddDays(-90), Until = World.Now.AddDays(-60) }).Found(Pair));
    }

    private static Approvals.Copilot.Risks.RiskScope Of(params Delegation[] delegations) => Period.Empty with { Delegations = [.. delegations] };

    private static Delegation Later(Delegation delegation) => delegation with { From = World.Now.AddDays(5), Until = World.Now.AddDays(6) };
}
