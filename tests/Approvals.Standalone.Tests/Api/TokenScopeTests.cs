using Approvals.Api;
using Approvals.Tokens;

namespace Approvals.Standalone.Tests.Api;

/// <summary>What tokens are good for, and who makes them.</summary>
public sealed class TokenScopeTests(TokenScopeTests.Running running) : IClassFixture<TokenScopeTests.Running>
{
    private Service Service => running.Service;

    [Fact]
    public async Task Reads_need_the_scope_read_and_what_administers_the_scope_admin()
    {
        var holders = new Dictionary<Scopes, Person>();
        foreach (var scope in (Scopes[])[Scopes.Gate, Scopes.Read, Scopes.Decide, Scopes.Admin])
        {
            holders[scope] = Service.With("Bearer " + await Tokens.MakeAsync(Service, "adm", scope));
        }
        foreach (var route in ApiRoutes.All.Where(route => route.Method == "GET" && route != ApiRoutes.Stream))
        {
            foreach (var (scope, holder) in holders)
            {
                var answer = await holder.GetAsync(System.Text.RegularExpressions.Regex.Replace(route.Path, "{[^}]+}", "x"));
                var needed = route.Path.StartsWith("/tokens", StringComparison.Ordinal) || route.Path.StartsWith("/outbox", StringComparison.Ordinal) ? Scopes.Admin
                    : route.Path is "/gate/{requestId}" or "/gate/{requestId}/execution" ? Scopes.Gate | Scopes.Read
                    : route.Path == "/requests/{id}/commands/{commandId}" ? Scopes.Gate | Scopes.Read | Scopes.Decide
                    : Scopes.Read;
                if ((needed & scope) == Scopes.None)
                {
                    Assert.Equal(ScopeWords.Of(needed), answer.Expect(403, "TOKEN_SCOPE_MISSING")["required"].GetString());
                }
                else
                {
                    Assert.DoesNotContain("TOKEN_SCOPE_MISSING", answer.Text, StringComparison.Ordinal);
                }
            }
        }
        (await holders[Scopes.Gate].GetAsync("/stream")).Expect(403, "TOKEN_SCOPE_MISSING");
    }

    [Fact]
    public async Task Tools_need_what_they_do()
    {
        var gate = Service.With("Bearer " + await Tokens.MakeAsync(Service, "rae", Scopes.Gate));
        (await gate.PostAsync("/copilot/tools/list_my_inbox", new { })).Expect(403, "TOKEN_SCOPE_MISSING");
        var read = Service.With("Bearer " + await Tokens.MakeAsync(Service, "rae", Scopes.Read));
        (await read.PostAsync("/copilot/tools/list_my_inbox", new { })).Expect(200);
        (await read.PostAsync("/copilot/tools/request_approval", new { })).Expect(403, "TOKEN_SCOPE_MISSING");
    }

    [Fact]
    public async Task A_token_asks_and_reads_for_a_year_unless_something_else_is_asked()
    {
        var made = (await Service.As("adm").PostAsync("/tokens", new { person = "rae" })).Expect(201);
        Assert.Equal("""["gate","read"]""", made["scopes"].GetRawText());
        Assert.Equal(365, (made["expiresAt"].GetDateTimeOffset() - made["createdAt"].GetDateTimeOffset()).TotalDays, 3);
        var endless = (await Service.As("adm").PostAsync("/tokens", new { person = "rae", expires = "never" })).Expect(201);
        Assert.DoesNotContain("expiresAt", endless.Text, StringComparison.Ordinal);
        var entry = (await Service.As("aud").GetAsync($"/audit?action=token_created&subject=token:{made.Id}")).Expect(200).Items[0];
        Assert.Equal("""["gate","read"]""", entry.GetProperty("details").GetProperty("scopes").GetRawText());
        Assert.Equal(("adm", "development"), (entry.GetProperty("actor").GetProperty("id").GetString(), entry.GetProperty("actor").GetProperty("assurance").GetString()));
    }

    [Theory]
    [InlineData("mo", "decide", "mo", 201)]
    [InlineData("adm", "decide", "adm", 201)]
    [InlineData("adm", "admin", "adm", 201)]
    [InlineData("adm", "gate", "mo", 201)]
    [InlineData("adm", "decide", "mo", 403)]
    [InlineData("adm", "admin", "ava", 403)]
    [InlineData("mo", "read", "rae", 403)]
    [InlineData("adm", "decide", "bot", 400)]
    [InlineData("adm", "admin", "bot", 400)]
    [InlineData("adm", "gate", "bot", 201)]
    [InlineData("adm", "everything", "mo", 400)]
    [InlineData("bot", "gate", "bot", 403)]
    public async Task Who_decides_with_a_token_has_made_it(string caller, string scope, string person, int expected) =>
        (await Service.As(caller).PostAsync("/tokens", new { person, scopes = new[] { scope } })).Expect(expected);

    [Fact]
    public async Task Refusals_say_how_tokens_are_made()
    {
        var other = (await Service.As("adm").PostAsync("/tokens", new { person = "mo", scopes = new[] { "decide" } })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        Assert.Contains("made by its own person, signed in interactively, or on the operator's command line", other["detail"].GetString(), StringComparison.Ordinal);
        var reader = Service.With("Bearer " + await Tokens.MakeAsync(Service, "mo", Scopes.Gate));
        var missing = (await reader.PostAsync("/tokens", new { person = "mo" })).Expect(403, "TOKEN_SCOPE_MISSING");
        Assert.Contains("POST /api/v1/tokens", missing["detail"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_makes_none_that_decides()
    {
        var admin = Service.With("Bearer " + await Tokens.MakeAsync(Service, "adm"));
        (await admin.PostAsync("/tokens", new { person = "adm", scopes = new[] { "decide" } })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await admin.PostAsync("/tokens", new { person = "mo" })).Expect(201);
        var own = (await Service.As("mo").PostAsync("/tokens", new { person = "mo" })).Expect(201);
        (await Service.As("rae").DeleteAsync($"/tokens/{own.Id}")).Expect(403);
        (await Service.As("mo").DeleteAsync($"/tokens/{own.Id}")).Expect(204);
    }

    [Fact]
    public async Task What_a_token_decided_says_so()
    {
        var request = await Stories.PendingAsync(Service, "by-token");
        var mo = Service.With("Bearer " + await Tokens.MakeAsync(Service, "mo", Scopes.Decide | Scopes.Read));
        var answer = (await mo.PostAsync($"/requests/{request}/decisions", new { decision = "approve" })).Expect(200);
        Assert.Equal("token", answer["levels"][0].GetProperty("approvers")[0].GetProperty("assurance").GetString());
    }

    public sealed class Running : IAsyncLifetime
    {
        internal Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync(["--Approvals:SignIn=development,tokens"]);

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
