namespace Approvals.Web.Tests;

public sealed class SayTests
{
    [Theory]
    [InlineData("costCenterOwner", "Cost center owner")]
    [InlineData("action_description", "Action description")]
    [InlineData("vendorIBAN", "Vendor IBAN")]
    [InlineData("iban", "IBAN")]
    [InlineData("api_key_request", "API key request")]
    [InlineData("subjectId", "Subject ID")]
    [InlineData("", "")]
    public void Label_name_reads_as_words(string name, string label) => Assert.Equal(label, Say.Label(name));

    [Theory]
    [InlineData(40, "40 s")]
    [InlineData(-7200, "2 h")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(100_000, "1 d 3 h")]
    [InlineData(1_000_000, "12 d")]
    public void Span_seconds_has_two_units_at_most(int seconds, string text) => Assert.Equal(text, Say.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(9000, "9,000.00")]
    [InlineData(52340.5, "52,340.50")]
    [InlineData(0.125, "0.125")]
    public void Money_amount_has_two_decimals_at_least(double amount, string text) => Assert.Equal(text, Say.Money(amount));

    [Fact]
    public void Action_type_reads_as_a_path() => Assert.Equal("Purchasing › Vendor bill › Post", Say.Action("purchasing.vendorBill.post"));
}
