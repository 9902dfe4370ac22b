using Approvals.Values;
using Approvals.Web.Payloads;

namespace Approvals.Web.Tests.Payloads;

public sealed class AttachmentTests
{
    [Theory]
    [InlineData("https://files.test/a.pdf", true)]
    [InlineData("http://files.test/a.pdf", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("//files.test/a.pdf", false)]
    [InlineData("https://bank.test@evil.test/", false)]
    [InlineData("data:text/html,x", false)]
    public void Only_plain_https_addresses_become_links(string url, bool linked)
    {
        var payload = Value.Map(("attachments", Value.List(Value.Map(("name", Value.From("a")), ("url", Value.From(url))))));

        Assert.Equal(linked, Assert.Single(Attachment.Of(payload)).Url is not null);
    }

    [Fact]
    public void What_is_no_list_of_attachments_has_none() => Assert.Empty(Attachment.Of(JsonText.Parse("""{"attachments":"x"}""")));
}
