using System.Text;
using Approvals.Outbox;
using Approvals.Values;

namespace Approvals.Shared.Tests.Outbox;

public sealed class WebhookTests
{
    /// <summary>The example of the Standard Webhooks specification's libraries.</summary>
    [Fact]
    public void Signature_is_that_of_Standard_Webhooks()
    {
        var key = WebhookSignature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var signature = WebhookSignature.Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("whsec_!", "whsec_!")]
    [InlineData("whsec_cGxhaW4=", "plain")]
    public void Secret_is_base64_behind_its_prefix_else_as_written(string secret, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(WebhookSignature.KeyOf(secret)));

    [Fact]
    public void Event_is_a_structured_CloudEvent()
    {
        var json = JsonText.Parse(CloudEventJson.Write(new OutboxEvent
        {
            Id = "r 1-2",
            Tenant = "contoso",
            RequestId = "r 1",
            Type = EventType.Approved,
            Time = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(1)),
            Body = """{"final":true}"""u8.ToArray(),
        }));
        Assert.Equal(
            """{"specversion":"1.0","id":"r 1-2","source":"/tenants/contoso/requests/r%201","type":"approval.approved","subject":"r 1","time":"2026-03-01T09:00:00Z","datacontenttype":"application/json","data":{"final":true}}""",
            json.ToString());
    }

    [Fact]
    public void Endpoints_are_read_and_choose_by_tenant_and_type()
    {
        var endpoints = WebhookEndpoint.Parse(
            """
            [{"tenant":"contoso","url":"https://a.test/h","secret":"s"},
             {"tenant":"contoso","url":"https://b.test/h","secret":"s","types":["approval.requested","policy.*"]}]
            """u8);
        Assert.Equal([true, true, true, false], Wants(endpoints[0]));
        Assert.Equal([true, false, true, false], Wants(endpoints[1]));
        Assert.NotEqual(endpoints[0].Name, endpoints[1].Name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"tenant":"t","url":"ftp://a","secret":"s"}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a"}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a","secret":"s","types":"all"}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a","secret":"s"},{"tenant":"t","url":"http://a","secret":"s"}]""")]
    [InlineData("[")]
    public void A_wrong_file_is_refused(string json) =>
        Assert.Throws<FormatException>(() => WebhookEndpoint.Parse(Encoding.UTF8.GetBytes(json)));

    private static bool[] Wants(WebhookEndpoint endpoint) =>
    [
        endpoint.Wants(Of("contoso", EventType.Requested)),
        endpoint.Wants(Of("contoso", EventType.Approved)),
        endpoint.Wants(Of("contoso", EventType.PolicyPublished)),
        endpoint.Wants(Of("fabrikam", EventType.Requested)),
    ];

    private static OutboxEvent Of(string tenant, string type) =>
        new() { Id = "e", Tenant = tenant, RequestId = "r", Type = type, Time = default, Body = default };
}
