using System.Net;
using System.Text.RegularExpressions;
using Approvals.Hosting;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Credentials that nobody put into a call are good only for calls that nobody else's page made; those of development for none that came from elsewhere.</summary>
public sealed partial class CrossSiteTests
{
    private const string Principal = """{"claims":[{"typ":"tid","val":"acme"},{"typ":"oid","val":"rae"},{"typ":"upn","val":"rae@acme.test"}]}""";

    [Theory]
    [InlineData("POST", "/requests/none/withdrawal", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("POST", "/requests/none/withdrawal", "Sec-Fetch-Site", "same-site", 403)]
    [InlineData("POST", "/requests/none/withdrawal", "Origin", "https://evil.test", 403)]
    [InlineData("POST", "/requests/none/withdrawal", "Origin", "null", 403)]
    [InlineData("POST", "/copilot/tools/list_my_inbox", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("DELETE", "/delegations/none", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("POST", "/requests/none/withdrawal", "Sec-Fetch-Site", "same-origin", 404)]
    [InlineData("POST", "/requests/none/withdrawal", "Sec-Fetch-Site", "none", 404)]
    [InlineData("POST", "/requests/none/withdrawal", "Origin", "https://approvals.acme.test", 404)]
    [InlineData("POST", "/requests/none/withdrawal", "X-Anything", "1", 404)]
    [InlineData("GET", "/inbox/count", "Sec-Fetch-Site", "cross-site", 200)]
    public async Task A_principal_that_a_proxy_adds_is_nobody_for_another_sites_page(string method, string path, string header, string value, int expected)
    {
        await using var service = await Service.StartAsync(
            ["--Approvals:SignIn=proxy", "--Approvals:TrustedProxies=127.0.0.1", "--Approvals:PublicUrl=https://approvals.acme.test"]);
        var principal = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Principal));
        var answer = (await service.With(null).SendAsync(new HttpMethod(method), path, null, ("X-MS-CLIENT-PRINCIPAL", principal), (header, value))).Expect(expected);
        Assert.Equal(expected == 403, answer.Text.Contains("CROSS_SITE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_a_page_sends_itself_is_its_own()
    {
        await using var service = await Service.StartAsync();
        (await service.As("rae").SendAsync(HttpMethod.Post, "/requests/none/withdrawal", null, ("Origin", "https://app.acme.test"))).Expect(404);
    }

    [Fact]
    public async Task The_session_of_pages_is_no_credential_of_the_api()
    {
        await using var service = await Service.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = service.Http.BaseAddress };
        await SignInAsync(browser);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/inbox")).StatusCode);
        using var stream = await browser.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/inbox")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/stream")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/api/v1/requests/none/withdrawal", null)).StatusCode);
    }

    [Theory]
    [InlineData("/inbox/decisions")]
    [InlineData("/sign-out")]
    [InlineData("/sign-in")]
    [InlineData("/a/token")]
    public async Task A_form_of_another_site_is_refused(string path)
    {
        await using var service = await Service.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = service.Http.BaseAddress };
        await SignInAsync(browser);
        using var form = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        form.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(form)).StatusCode);
    }

    [Theory]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 tunnel")]
    public async Task A_persona_whose_call_was_passed_on_is_nobody(string header, string value)
    {
        await using var service = await Service.StartAsync();
        (await service.As("rae").SendAsync(HttpMethod.Get, "/inbox", null, (header, value))).Expect(401);
        (await service.As("rae").GetAsync("/inbox")).Expect(200);
    }

    [Theory]
    [InlineData("--Approvals:PublicUrl=https://approvals.acme.test")]
    [InlineData("--Approvals:SignIn=")]
    [InlineData("--Approvals:SignIn=tokens,development --Approvals:PublicUrl=http://approvals.acme.test")]
    public async Task Personas_are_never_open_by_accident(string settings) =>
        await Assert.ThrowsAsync<SettingsException>(async () => await Service.StartAsync(settings.Split(' ')));

    private static async Task SignInAsync(HttpClient browser)
    {
        var field = Field().Match(await browser.GetStringAsync("/sign-in")).Groups[1].Value;
        var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([new("__forgery", field), new("tenant", "acme"), new("person", "mo")]));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [GeneratedRegex("""name="__forgery" value="([^"]+)""")]
    private static partial Regex Field();
}
