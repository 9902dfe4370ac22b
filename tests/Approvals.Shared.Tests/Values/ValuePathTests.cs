using Approvals.Values;

namespace Approvals.Shared.Tests.Values;

public sealed class ValuePathTests
{
    [Theory]
    [InlineData("vendor.name", "Acme")]
    [InlineData("lines.1.item", "b")]
    [InlineData("lines.2.item", null)]
    [InlineData("lines.-1", null)]
    [InlineData("vendor.name.first", null)]
    [InlineData("nothing", null)]
    public void At_follows_members_and_positions(string path, string? expected)
    {
        var payload = JsonText.Parse("""{"vendor":{"name":"Acme"},"lines":[{"item":"a"},{"item":"b"}]}""");
        Assert.Equal(expected, payload.At(path)?.AsString());
    }
}
