using Approvals.Testing;

namespace Approvals.Standalone.Tests.Api;

/// <summary>One administrator is not enough: whoever made a token for another human decides nothing that is asked with it.</summary>
public sealed class TokenMakerTests : IAsyncLifetime
{
    private const string Policy = """
        { "tenant": "acme", "key": "two.any", "name": "Two", "actionTypes": ["two.*"],
          "levels": [ { "name": "One of two", "approvers": ["user:adm", "user:ava"], "strategy": "any" } ] }
        """;

    private readonly TemporaryDirectory _policies = new();
    private Service _service = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_policies.Path, "two.json"), Policy);
        _service = await Service.StartAsync(["--Approvals:SignIn=development,tokens", $"--Approvals:PoliciesDirectory={_policies.Path}"]);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _policies.Dispose();
    }

    [Fact]
    public async Task Whoever_made_the_token_does_not_approve_what_the_gate_was_asked_with_it()
    {
        var (rae, token) = await MakeAsync("adm", "rae");
        var request = (await rae.PostAsync("/gate", Ask("1"))).Expect(202).RequestId;
        await _service.RestartAsync();

        Assert.Equal(["ava"], await PlacesAsync(request));
        (await DecideAsync("adm", request)).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await _service.As("ava").PostAsync($"/requests/{request}/assignments", new { kind = "add", to = "adm" })).Expect(400, "VALIDATION_FAILED");
        (await _service.As("ava").PostAsync("/delegations", new { @delegate = "adm", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(201);
        (await DecideAsync("adm", request)).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await DecideAsync("ava", request)).Expect(200);

        var history = (await _service.As("aud").GetAsync($"/requests/{request}/history")).Expect(200);
        Assert.Equal($"token:{token}", history.Items[0].GetProperty("actor").GetProperty("credential").GetString());
        Assert.DoesNotContain(token, (await _service.As("rae").GetAsync($"/requests/{request}/history")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submitting_and_resubmitting_with_it_bars_its_maker_too()
    {
        var (rae, _) = await MakeAsync("adm", "rae");
        var draft = (await _service.As("rae").PostAsync("/requests", Direct("draft", submit: false))).Expect(201).Id;
        (await rae.PostAsync($"/requests/{draft}/submission", new { })).Expect(200);
        Assert.Equal(["ava"], await PlacesAsync(draft));
        (await DecideAsync("adm", draft)).Expect(403, "APPROVAL_SELF_APPROVAL");

        var request = (await _service.As("rae").PostAsync("/requests", Direct("again", submit: true))).Expect(201).Id;
        Assert.Equal(["adm", "ava"], await PlacesAsync(request));
        (await Stories.DecideAsync(_service, "ava", request, "requestChanges", "More, please.")).Expect(200);
        (await rae.PostAsync($"/requests/{request}/resubmission", new { payload = new { id = "again", more = true } })).Expect(200);
        Assert.Equal(["ava"], await PlacesAsync(request));
        (await DecideAsync("adm", request)).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await DecideAsync("ava", request)).Expect(200);
    }

    [Theory]
    [InlineData("rae", "rae")]
    [InlineData("adm", "bot")]
    public async Task Tokens_of_agents_and_those_that_people_made_themselves_bar_nobody(string maker, string holder)
    {
        var (asking, _) = await MakeAsync(maker, holder);
        var request = (await asking.PostAsync("/gate", Ask(holder))).Expect(202).RequestId;
        (await DecideAsync("adm", request)).Expect(200);
    }

    [Fact]
    public async Task Tokens_of_the_command_line_bar_nobody()
    {
        var rae = _service.With("Bearer " + await Tokens.MakeAsync(_service, "rae"));
        (await DecideAsync("adm", (await rae.PostAsync("/gate", Ask("line"))).Expect(202).RequestId)).Expect(200);
    }

    [Fact]
    public async Task Making_and_ending_a_token_with_a_token_is_recorded_with_both()
    {
        var (adm, own) = await MakeAsync("adm", "adm", "admin");
        var made = (await adm.PostAsync("/tokens", new { person = "rae" })).Expect(201);
        (await adm.DeleteAsync($"/tokens/{made.Id}")).Expect(204);
        (await adm.PutAsync("/directory/people/new", new { name = "New" })).Expect(201);

        foreach (var (action, of) in new[] { ("token_created", $"token:{made.Id}"), ("token_revoked", $"token:{made.Id}"), ("directory_changed", "person:new") })
        {
            var entry = Assert.Single((await _service.As("aud").GetAsync($"/audit?action={action}&subject={of}")).Expect(200).Items);
            Assert.Equal(("token", $"token:{own}"), (
                entry.GetProperty("actor").GetProperty("assurance").GetString(), entry.GetProperty("actor").GetProperty("credential").GetString()));
            var was = entry.GetProperty("details").GetProperty(action == "token_revoked" ? "before" : "after");
            Assert.True(action == "directory_changed" || (was.GetProperty("person").GetString() == "rae" && was.TryGetProperty("expiresAt", out _)));
        }
        Assert.Contains($"token:{own}", (await _service.As("aud").GetAsync("/audit/export?format=csv")).Expect(200).Text, StringComparison.Ordinal);
        Assert.True((await _service.As("aud").GetAsync("/audit/verification")).Expect(200)["valid"].GetBoolean());
    }

    private static object Ask(string id) => new { actionType = "two.thing", subject = new { type = "thing", id }, payload = new { id } };

    private static object Direct(string id, bool submit) => new
    {
        requestType = "action",
        actionType = "two.thing",
        title = id,
        subject = new { type = "thing", id },
        payload = new { id },
        submit,
    };

    private async Task<(Person Holder, string Id)> MakeAsync(string maker, string holder, string scope = "gate")
    {
        var made = (await _service.As(maker).PostAsync("/tokens", new { person = holder, scopes = new[] { scope } })).Expect(201);
        return (_service.With("Bearer " + made["token"].GetString()), made.Id);
    }

    private Task<Answer> DecideAsync(string person, string request) => Stories.DecideAsync(_service, person, request, "approve");

    private async Task<string[]> PlacesAsync(string request) =>
    [
        .. (await _service.As("aud").GetAsync($"/requests/{request}")).Expect(200)["levels"][0].GetProperty("approvers").EnumerateArray()
            .Select(place => place.GetProperty("id").GetString()!),
    ];
}
