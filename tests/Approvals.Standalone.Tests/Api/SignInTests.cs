using System.Text;
using System.Text.Json;
using Approvals.Hosting;
using Approvals.Standalone.Hosting;

namespace Approvals.Standalone.Tests.Api;

public sealed class SignInTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer dev")]
    [InlineData("Bearer dev.acme")]
    [InlineData("Bearer dev.acme.")]
    [InlineData("Bearer dev..rae")]
    [InlineData("Bearer dev.acme.nobody")]
    [InlineData("Bearer dev.nowhere.rae")]
    [InlineData("Bearer apt_abc")]
    [InlineData("Basic cmFlOnJhZQ==")]
    [InlineData("dev.acme.rae")]
    public async Task Whatever_is_wrong_with_a_credential_the_answer_is_the_same(string? authorization)
    {
        await using var service = await Service.StartAsync();
        var answer = (await service.With(authorization).GetAsync("/inbox")).Expect(401, "SIGN_IN_REQUIRED");
        var none = (await service.With(null).GetAsync("/inbox")).Expect(401, "SIGN_IN_REQUIRED");
        Assert.Equal(none.WwwAuthenticate, answer.WwwAuthenticate);
        Assert.NotNull(answer.WwwAuthenticate);
        Assert.Equal(Without(none), Without(answer));
        (await service.With(authorization).PostAsync("/gate", Stories.OneLevel("x"))).Expect(401);
    }

    [Fact]
    public async Task The_principal_of_a_trusted_proxy_is_believed()
    {
        await using var service = await Service.StartAsync(["--Approvals:SignIn=proxy", "--Approvals:TrustedProxies=127.0.0.1"]);
        (await AsAsync(service, ("tid", "acme"), ("oid", "mo"), ("scp", "user_impersonation"))).Expect(200);
        // An object id that the directory does not have, and a name that it has.
        (await AsAsync(service, ("tid", "acme"), ("oid", "6f1c"), ("preferred_username", "mo"), ("roles", "auditor"))).Expect(200);
        (await AsAsync(service, ("tid", "acme"), ("oid", "stranger"), ("upn", "stranger@acme.test"))).Expect(200);
        (await AsAsync(service, ("tid", "nowhere"), ("oid", "mo"))).Expect(401);
        (await AsAsync(service, ("oid", "mo"))).Expect(401);
        (await AsAsync(service, ("tid", "acme"), ("oid", "a\nb"))).Expect(401);
        (await service.As("mo").GetAsync("/inbox")).Expect(401);
        foreach (var header in new[] { "", "x", "e30=", Convert.ToBase64String("{\"claims\":1}"u8), Convert.ToBase64String("[]"u8), new string('A', 20_000) })
        {
            (await service.With(null).SendAsync(HttpMethod.Get, "/inbox", null, ("X-MS-CLIENT-PRINCIPAL", header))).Expect(401);
        }
    }

    /// <summary>How somebody was signed in, and how a call is made as them and as an administrator.</summary>
    [Theory]
    [InlineData("proxy")]
    [InlineData("tokens")]
    [InlineData("development")]
    public async Task Whoever_was_removed_or_deactivated_is_nobody(string kind)
    {
        await using var service = await Service.StartAsync([$"--Approvals:SignIn={kind}", "--Approvals:TrustedProxies=127.0.0.1"]);
        var (people, made) = (new Dictionary<string, string?>(), new[] { "adm", "mo", "mia", "rob" });
        foreach (var person in kind == "tokens" ? made : [])
        {
            people[person] = await Tokens.MakeAsync(service, person);
        }
        Task<Answer> CallAsync(string person, HttpMethod method, string path, object? body = null) => kind switch
        {
            "proxy" => service.With(null).SendAsync(method, path, Json(body), ("X-MS-CLIENT-PRINCIPAL", Principal(("tid", "acme"), ("oid", person), ("scp", "user_impersonation")))),
            "tokens" => service.With("Bearer " + people[person]).SendAsync(method, path, Json(body)),
            _ => service.As(person).SendAsync(method, path, Json(body)),
        };
        (await CallAsync("mo", HttpMethod.Get, "/inbox")).Expect(200);

        (await CallAsync("adm", HttpMethod.Delete, "/directory/people/mo")).Expect(204);
        (await CallAsync("adm", HttpMethod.Put, "/directory/people/mia", new { name = "Mia", active = false })).Expect(200);

        (await CallAsync("mo", HttpMethod.Get, "/inbox")).Expect(401, "SIGN_IN_REQUIRED");
        (await CallAsync("mia", HttpMethod.Get, "/inbox")).Expect(401, "SIGN_IN_REQUIRED");
        (await CallAsync("rob", HttpMethod.Get, "/inbox")).Expect(200);
    }

    [Fact]
    public async Task The_trail_has_the_address_that_the_proxy_saw()
    {
        await using var service = await Service.StartAsync(["--Approvals:SignIn=proxy", "--Approvals:TrustedProxies=127.0.0.1"]);
        var principal = Convert.ToBase64String("""{"claims":[{"typ":"tid","val":"acme"},{"typ":"oid","val":"aud"},{"typ":"upn","val":"aud@acme.test"}]}"""u8);
        var content = new StringContent("""{"actionType":"free","subject":{"type":"t","id":"1"},"payload":{}}""", Encoding.UTF8, "application/json");
        (await service.With(null).SendAsync(
            HttpMethod.Post, "/gate", content, ("X-MS-CLIENT-PRINCIPAL", principal), ("X-Forwarded-For", "6.6.6.6, 203.0.113.9"))).Expect(200);
        var entries = (await service.With(null).SendAsync(HttpMethod.Get, "/audit?action=gate_checked", null, ("X-MS-CLIENT-PRINCIPAL", principal))).Expect(200);
        Assert.Equal("203.0.113.9", Assert.Single(entries.Items).GetProperty("ip").GetString());
    }

    [Fact]
    public async Task A_foreign_host_name_does_not_reach_the_development_sign_in()
    {
        await using var service = await Service.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/inbox");
        request.Headers.Host = "rebound.example";
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer dev.acme.mo");
        Assert.Equal(400, (int)(await service.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Roles_of_the_proxys_principal_count()
    {
        await using var service = await Service.StartAsync(["--Approvals:SignIn=proxy", "--Approvals:TrustedProxies=127.0.0.0/8"]);
        (await AsAsync(service, "/audit", ("tid", "acme"), ("oid", "mo"), ("scp", "user_impersonation"))).Expect(403);
        (await AsAsync(service, "/audit", ("tid", "acme"), ("oid", "mo"), ("scp", "user_impersonation"), ("roles", "auditor"))).Expect(200);
    }

    [Fact]
    public async Task A_principal_from_elsewhere_is_not_believed()
    {
        await using var service = await Service.StartAsync(["--Approvals:SignIn=proxy", "--Approvals:TrustedProxies=10.0.0.1"]);
        (await AsAsync(service, ("tid", "acme"), ("oid", "mo"), ("scp", "user_impersonation"))).Expect(401);
    }

    [Fact]
    public async Task A_token_whose_end_is_misspelt_is_not_made()
    {
        await using var service = await Service.StartAsync();
        var refused = (await service.As("adm").PostAsync("/tokens", new { person = "rae", expiresIn = "1h" })).Expect(400, "VALIDATION_FAILED");
        Assert.Equal("/expiresIn", refused["fields"][0].GetProperty("pointer").GetString());
        Assert.Empty((await service.As("adm").GetAsync("/tokens")).Expect(200).Items);
    }

    [Fact]
    public async Task A_token_signs_in_until_it_is_revoked()
    {
        await using var service = await Service.StartAsync(["--Approvals:SignIn=tokens"]);
        var admin = service.With("Bearer " + await Tokens.MakeAsync(service, "adm"));
        var made = (await admin.PostAsync("/tokens", new { person = "mo", expires = "90d" })).Expect(201);
        var mo = service.With("Bearer " + made["token"].GetString());
        (await mo.GetAsync("/inbox")).Expect(200);
        (await mo.GetAsync("/tokens")).Expect(403);
        Assert.DoesNotContain("apt_", (await admin.GetAsync("/tokens")).Expect(200).Text, StringComparison.Ordinal);
        (await admin.DeleteAsync($"/tokens/{made.Id}")).Expect(204);
        (await mo.GetAsync("/inbox")).Expect(401);
        (await admin.DeleteAsync($"/tokens/{made.Id}")).Expect(204);
        (await admin.PostAsync("/tokens", new { person = "nobody" })).Expect(400, "VALIDATION_FAILED");
        (await admin.PostAsync("/tokens", new { person = "mo", expiresAt = "2020-01-01T00:00:00Z" })).Expect(400, "VALIDATION_FAILED");
        (await service.As("adm").GetAsync("/inbox")).Expect(401);
    }

    [Theory]
    [InlineData("--Approvals:Url=http://0.0.0.0:0")]
    [InlineData("--Approvals:Url=http://0.0.0.0:0 --Approvals:SignIn=development")]
    [InlineData("--Approvals:Url=ftp://x")]
    [InlineData("--Approvals:SignIn=none")]
    [InlineData("--Approvals:DirectoryFile=/absent.json")]
    [InlineData("--Approvals:PoliciesDirectory=/absent")]
    [InlineData("--Approvals:RateLimit=-1")]
    [InlineData("--Approvals:TrustedProxies=somewhere")]
    [InlineData("--Approvals:SignIn=proxy")]
    [InlineData("--Approvals:Mail=http://x")]
    public async Task What_can_not_be_set_up_so_is_refused(string settings) =>
        await Assert.ThrowsAsync<SettingsException>(async () => await Service.StartAsync(settings.Split(' ')));

    private static Task<Answer> AsAsync(Service service, params (string Type, string Value)[] claims) => AsAsync(service, "/inbox", claims);

    private static Task<Answer> AsAsync(Service service, string path, params (string Type, string Value)[] claims) =>
        service.With(null).SendAsync(HttpMethod.Get, path, null, ("X-MS-CLIENT-PRINCIPAL", Principal(claims)));

    private static string Principal(params (string Type, string Value)[] claims) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new { auth_typ = "aad", claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }) })));

    private static StringContent? Json(object? body) => body is null ? null : new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static string Without(Answer answer) => answer.Text.Replace(answer["traceId"].GetString()!, "", StringComparison.Ordinal);
}
