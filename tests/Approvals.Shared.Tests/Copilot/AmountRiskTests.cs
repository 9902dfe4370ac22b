using Approvals.Copilot.Cards;
using Approvals.Gate;
using Approvals.Tests.Tenants;

namespace Approvals.Tests.Copilot;

/// <summary>What amounts give away: just under a bound, split, or far from what is usual.</summary>
public sealed class AmountRiskTests
{
    private const string JustUnder = "Amounts just under a threshold";
    private const string Split = "Possibly split to stay under a threshold";
    private const string Unusual = "Unusual amount";

    [Fact]
    public void Just_under_a_bound_is_found_with_its_policy_and_calls()
    {
        var card = Assert.Single((Period.Empty with { Calls = [Period.Call(950), Period.Call(1000, 9, vendor: "other")] }).Found(JustUnder));

        Assert.Contains("2 times", card.Summary, StringComparison.Ordinal);
        Assert.Contains(new Provenance(ProvenanceSource.Policy, "bills@1"), card.Provenance);
        Assert.Contains(card.Provenance, provenance => provenance is { Source: ProvenanceSource.Audit, Ref: "e950-0" });
        Assert.Null(card.Apply);
    }

    [Theory]
    [InlineData(899)]
    [InlineData(1001)]
    public void Further_below_or_above_it_is_not(double amount) => Assert.Empty((Period.Empty with { Calls = [Period.Call(amount)] }).Found(JustUnder));

    [Fact]
    public void More_cases_are_surer()
    {
        var one = (Period.Empty with { Calls = [Period.Call(950)] }).Found(JustUnder)[0].Confidence;
        var two = (Period.Empty with { Calls = [Period.Call(950), Period.Call(960)] }).Found(JustUnder)[0].Confidence;
        Assert.InRange(one, 0.01, two - 0.01);
        Assert.InRange(two, one, 1);
    }

    [Fact]
    public void Sensitive_amounts_are_masked()
    {
        var scope = Period.Empty with
        {
            Tenant = Period.Empty.Tenant.With(World.Policy("secret", "bill.*", "payload.amount > 1000") with { Sensitive = ["payload.amount"] }),
            Calls = [Period.Call(950), .. Enumerable.Range(0, 9).Select(i => Period.Call(10 + i, i + 1, subject: $"{i}"))],
        };
        foreach (var title in new[] { JustUnder, Unusual })
        {
            var card = Assert.Single(scope.Found(title));
            Assert.Contains(Masking.Mask, card.Summary, StringComparison.Ordinal);
            Assert.DoesNotContain("950", card.Summary + string.Join(' ', card.Why), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parts_that_together_cross_the_bound_are_one_finding()
    {
        var card = Assert.Single((Period.Empty with { Calls = [Period.Call(600), Period.Call(500, 2), Period.Call(400, 4)] }).Found(Split));
        Assert.Contains("3 times", card.Summary, StringComparison.Ordinal);
        Assert.Contains("1,500", card.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600, 400, 1, "rae", "acme")] // together not above
    [InlineData(600, 500, 6, "rae", "acme")] // too far apart
    [InlineData(600, 500, 1, "rob", "acme")] // somebody else
    [InlineData(600, 500, 1, "rae", "other")] // another vendor
    [InlineData(600, 1500, 1, "rae", "acme")] // gated by itself
    public void What_is_no_split_is_not_found(double first, double second, double days, string by, string vendor) =>
        Assert.Empty((Period.Empty with { Calls = [Period.Call(first), Period.Call(second, days, by, vendor)] }).Found(Split));

    [Fact]
    public void An_amount_far_from_the_median_is_found_though_there_are_two_of_them()
    {
        var scope = Period.Empty with { Calls = [.. Usual(), Period.Call(90_000, 20, subject: "far"), Period.Call(80_000, 21, subject: "far2")] };
        Assert.Equal(2, scope.Found(Unusual).Length);
    }

    [Fact]
    public void An_amount_at_the_edge_of_the_usual_is_not()
    {
        // Median 104.5, median deviation 2.5: 3.5 times the spread is 13.
        Assert.Empty((Period.Empty with { Calls = [.. Usual(), Period.Call(117)] }).Found(Unusual));
        Assert.Single((Period.Empty with { Calls = [.. Usual(), Period.Call(130)] }).Found(Unusual));
    }

    [Fact]
    public void Few_calls_say_nothing_of_what_is_usual() =>
        Assert.Empty((Period.Empty with { Calls = [.. Usual().Take(6), Period.Call(90_000)] }).Found(Unusual));

    private static IEnumerable<Approvals.Policies.Simulation.RecordedCheck> Usual() =>
        Enumerable.Range(0, 10).Select(i => Period.Call(100 + i, i, vendor: $"v{i}", subject: $"{i}"));
}
