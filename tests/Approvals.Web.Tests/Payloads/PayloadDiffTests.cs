using Approvals.Gate;
using Approvals.Values;
using Approvals.Web.Payloads;

namespace Approvals.Web.Tests.Payloads;

public sealed class PayloadDiffTests
{
    [Fact]
    public void Equal_payloads_have_no_changes() => Assert.Empty(Diff("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1}"""));

    [Fact]
    public void A_changed_an_added_and_a_removed_member_are_told_with_their_paths() =>
        Assert.Equal(
            [
                new PayloadChange("Vendor › Name", Value.From("A"), Value.From("B")),
                new PayloadChange("Note", Value.From("x"), null),
                new PayloadChange("Cost center", null, Value.From(7.0)),
            ],
            Diff("""{"vendor":{"name":"A"},"note":"x"}""", """{"vendor":{"name":"B"},"costCenter":7}"""));

    [Fact]
    public void List_items_are_paired_by_the_member_that_names_them() =>
        Assert.Equal(
            [new PayloadChange("Lines › b › Amount", Value.From(2.0), Value.From(3.0)), new PayloadChange("Lines › new", null, JsonText.Parse("""{"id":"new","amount":9}"""))],
            Diff("""{"lines":[{"id":"a","amount":1},{"id":"b","amount":2}]}""", """{"lines":[{"id":"new","amount":9},{"id":"a","amount":1},{"id":"b","amount":3}]}"""));

    [Fact]
    public void A_sensitive_value_that_changed_is_listed_masked()
    {
        var change = Assert.Single(Diff("""{"bank":{"iban":"DE1"}}""", """{"bank":{"iban":"DE2"}}""", "payload.bank.iban"));

        Assert.Equal(("Bank › IBAN", Value.From(Masking.Mask), Value.From(Masking.Mask)), (change.Path, change.Before, change.After));
    }

    [Fact]
    public void Below_a_masked_map_nothing_is_shown()
    {
        var change = Assert.Single(Diff("""{"bank":{"iban":"DE1","bic":"X"}}""", """{"bank":{"iban":"DE2","bic":"Y"}}""", "payload.bank"));

        Assert.DoesNotContain("DE", $"{change.Before}{change.After}", StringComparison.Ordinal);
    }

    private static PayloadChange[] Diff(string before, string after, params string[] sensitive) =>
        [.. PayloadDiff.Of(JsonText.Parse(before), [.. sensitive], JsonText.Parse(after), [.. sensitive])];
}
