using Approvals.Values;
using Approvals.Web.Payloads;
using Approvals.Web.Rendering;

namespace Approvals.Web.Tests.Rendering;

public sealed class DirectionTests
{
    [Fact]
    public void Marked_markup_can_not_turn_an_amount_around_and_keeps_the_rest()
    {
        Assert.Equal("Pay &#xFFFD;005&#xFFFD; EUR", Direction.Marked("Pay &#x202E;005&#x202C; EUR"));
        Assert.Equal("&#x645;&#x2019;&#x200D;", Direction.Marked("&#x645;&#x2019;&#x200D;"));
        Assert.Equal("DE02", Direction.Marked("D&#x200B;E&#xAD;0&#xFEFF;2&#x200F;&#x2060;&#xE0041;&#x61C;"));
    }

    [Fact]
    public void Json_to_edit_stays_the_same_value()
    {
        var payload = Value.Map(("name", Value.From("a\u202Eb\u2066\u200B\U000E0041")));

        var text = PrettyJson.Of(payload);

        Assert.DoesNotContain('\u202E', text);
        Assert.Equal(payload, JsonText.Parse(text));
    }
}
