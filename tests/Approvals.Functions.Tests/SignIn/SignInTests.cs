using System.Text;
using System.Text.Json;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Http;
using Approvals.Ports;
using Approvals.Testing;
using Approvals.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.SignIn;

[Collection(AzuriteFixture.Collection)]
public sealed class SignInTests(AzuriteFixture azurite)
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL";
    private static readonly string Rae = PrincipalOf("rae");
    private static readonly (string, string?)[] Platform = [("WEBSITE_AUTH_ENABLED", "True"), ("Approvals:SignIn", "easyAuth,tokens,development")];

    [Fact]
    public async Task EasyAuth_isBelieved_whereThePlatformAuthenticates()
    {
        await using var home = await Home.StartAsync(azurite, Platform);
        var (status, _, _) = await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", null, null, (Header, Rae));
        Assert.Equal(200, status);
        Assert.Equal(401, (await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", null)).Status);
        Assert.Equal(401, (await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", null, null, (Header, "nonsense"))).Status);
    }

    [Fact]
    public async Task EasyAuth_isNotBelieved_whereThePlatformDoesNotAuthenticate()
    {
        await using var home = await Home.StartAsync(azurite);
        Assert.Equal(401, (await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", null, null, (Header, Rae))).Status);
    }

    [Fact]
    public async Task EasyAuth_sendsPeopleToThePlatformsPage()
    {
        await using var home = await Home.StartAsync(azurite, Platform);
        var (status, _, response) = await home.SendAsync(HttpMethod.Get, "/inbox", null);
        Assert.Equal((303, "/.auth/login/aad?post_login_redirect_uri=%2Finbox"), (status, response.Headers.Location?.OriginalString));
        Assert.Equal(200, (await home.SendAsync(HttpMethod.Get, "/inbox", null, null, (Header, Rae))).Status);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Origin", "https://evil.test", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 404)]
    [InlineData("X-Anything", "1", 404)]
    public async Task EasyAuth_aWriteThatAnotherSiteMadeABrowserSend_hasNoPrincipal(string name, string value, int expected)
    {
        await using var home = await Home.StartAsync(azurite, Platform);
        var (status, _, _) = await home.SendAsync(HttpMethod.Post, "/api/v1/requests/none/withdrawal", null, null, (Header, Rae), (name, value));
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Tokens_areTakenBesideThePlatform_andComeFirst()
    {
        await using var home = await Home.StartAsync(azurite, Platform);
        var token = TokenText.New();
        await home.Services.GetRequiredService<ITokenStore>().AddAsync(
            new ApiToken("t1", "contoso", "mika", TokenText.Hash(token), DateTimeOffset.UtcNow, null, null) { Scopes = Scopes.Decide },
            new AuditDraft
            {
                Tenant = "contoso",
                At = DateTimeOffset.UtcNow,
                Actor = Actor.System,
                Action = "token_created",
                Outcome = AuditOutcome.Ok,
                Subject = new Subject("token", "t1"),
            },
            default);
        var request = await home.AskAsync();

        var (status, body, _) = await home.SendAsync(
            HttpMethod.Post, $"/api/v1/requests/{request}/decisions", token, """{"decision":"approve"}""", (Header, Rae));

        Assert.Equal((200, "mika"), (status, (string?)body!["levels"]![0]!["approvers"]![0]!["id"]));
        Assert.Equal(401, (await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", TokenText.New())).Status);
    }

    [Fact]
    public async Task Azure_theTrailSaysWhereTheFrontEndSawTheCall_andCookiesAreForTlsAlone()
    {
        using var directory = new TemporaryDirectory();
        await using var home = await Home.StartAsync(
            azurite,
            [
                ("WEBSITE_SITE_NAME", "func"), ("WEBSITE_AUTH_ENABLED", "True"),
                ("Approvals:KeyVaultUri", "https://contoso.vault.azure.net"), ("Approvals:PublicUrl", "https://approvals.contoso.test"),
                ("Approvals:DirectoryFile", World.Write(directory.Path)),
            ]);
        var (_, asked, _) = await home.SendAsync(
            HttpMethod.Post, "/api/v1/requests", null,
            """{"requestType":"action","title":"New laptops","subject":{"type":"order","id":"7"},"payload":{},"levels":[{"name":"One","approvers":["user:mika"]}]}""",
            (Header, Rae), ("X-Forwarded-For", "198.51.100.1, 203.0.113.9:50123"));

        var (_, history, _) = await home.SendAsync(HttpMethod.Get, $"/api/v1/requests/{asked!["id"]!}/history", null, null, (Header, PrincipalOf("uma")));
        Assert.Equal("203.0.113.9", (string?)history!["items"]![0]!["ip"]);

        var (_, _, page) = await home.SendAsync(HttpMethod.Get, "/delegations", null, null, (Header, Rae));
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task EasyAuth_theTrailSaysWhichSessionItWas_toWhoeverMayAudit()
    {
        await using var home = await Home.StartAsync(azurite, Platform);
        var (_, asked, _) = await home.SendAsync(
            HttpMethod.Post, "/api/v1/requests", null,
            """{"requestType":"action","title":"New laptops","subject":{"type":"order","id":"8"},"payload":{},"levels":[{"name":"One","approvers":["user:mika"]}]}""",
            (Header, PrincipalOf("rae", "session-1")));

        async Task<string?> CredentialAsync(string person) => (string?)(await home.SendAsync(
            HttpMethod.Get, $"/api/v1/requests/{asked!["id"]!}/history", null, null, (Header, PrincipalOf(person)))).Body!["items"]![0]!["actor"]!["credential"];
        Assert.Equal(Credential.OfSession("session-1").Name, await CredentialAsync("uma"));
        Assert.Null(await CredentialAsync("rae"));
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:7071", 200)]
    [InlineData("approvals.evil.test", 401)]
    public async Task Personas_areForThisMachinesNamesAlone(string host, int expected)
    {
        await using var home = await Home.StartAsync(azurite);
        Assert.Equal(expected, (await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", "dev.contoso.rae", null, ("Host", host))).Status);
    }

    [Fact]
    public async Task Personas_areNobody_whereTheyAreNotSwitchedOn()
    {
        await using var home = await Home.StartAsync(azurite, [("Approvals:SignIn", "tokens")]);
        Assert.Equal(401, (await home.SendAsync(HttpMethod.Get, "/api/v1/inbox/count", "dev.contoso.rae")).Status);
    }

    private static string PrincipalOf(string person, string session = "") => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        auth_typ = "aad",
        claims = new object[] { new { typ = "tid", val = "contoso" }, new { typ = "oid", val = person }, new { typ = "preferred_username", val = "rae@contoso.test" }, new { typ = "sid", val = session } },
    })));
}
