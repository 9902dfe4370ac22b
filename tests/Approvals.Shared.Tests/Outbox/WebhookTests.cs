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
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret, out _));
        var signature = WebhookSignature.Sign(secret.Key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=", 29)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 24)]
    [InlineData("whsec_", null)]
    [InlineData("whsec_!!!!", null)]
    [InlineData("whsec_AA==", null)]
    [InlineData("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ", null)]
    [InlineData("whsec_C2FVsBQIhrscChlQIMV-b5sSYspob7oD_zfgGmQ=", null)]
    [InlineData("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmR=", null)]
    [InlineData("whsec_ C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=", null)]
    [InlineData("v1,whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=", null)]
    [InlineData("C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=", null)]
    [InlineData("plain", null)]
    public void Secret_is_the_prefix_and_base64_of_24_to_64_bytes(string text, int? bytes)
    {
        Assert.Equal(bytes is not null, WebhookSecret.TryParse(text, out var secret, out var error));
        Assert.Equal(bytes, secret?.Key.Length);
        Assert.Equal(bytes is null, error is not null);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Secret_has_a_length(int bytes, bool taken) =>
        Assert.Equal(taken, WebhookSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[bytes]), out _, out _));

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
            [{"tenant":"contoso","url":"https://a.test/h","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ="},
             {"tenant":"contoso","url":"https://b.test/h","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=","types":["approval.requested","policy.*"]}]
            """u8);
        Assert.Equal([true, true, true, false], Wants(endpoints[0]));
        Assert.Equal([true, false, true, false], Wants(endpoints[1]));
        Assert.NotEqual(endpoints[0].Name, endpoints[1].Name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"tenant":"t","url":"ftp://a","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ="}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a"}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=","types":"all"}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ="},{"tenant":"t","url":"http://a","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ="}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a","secret":"s"}]""")]
    [InlineData("""[{"tenant":"t","url":"http://a","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=","type":["approval.requested"]}]""")]
    [InlineData("[")]
    public void A_wrong_file_is_refused(string json) =>
        Assert.Throws<FormatException>(() => WebhookEndpoint.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_type_that_there_is_not_is_refused_with_what_was_meant()
    {
        var fault = Assert.Throws<FormatException>(() => WebhookEndpoint.Parse(
            """[{"tenant":"t","url":"http://a","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=","types":["approval.aproved","Approval.Rejected","approvals.*","nonsense","*","approval.*"]}]"""u8));
        string[] told = fault.Message.Split('\n');
        Assert.Equal(4, told.Length);
        Assert.Contains("'approval.approved'", told[0], StringComparison.Ordinal);
        Assert.Contains("'approval.rejected'", told[1], StringComparison.Ordinal);
        Assert.Contains("'approval.*'", told[2], StringComparison.Ordinal);
        Assert.StartsWith("/0/types/3: ", told[3], StringComparison.Ordinal);
    }

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
