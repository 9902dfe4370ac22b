namespace Approvals.Standalone.Tests.Api;

/// <summary>Who may act, who no longer may, and who is asked at all.</summary>
public sealed class PeopleTests : IAsyncLifetime
{
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_new_person_under_an_old_id_inherits_nothing()
    {
        var adm = _service.As("adm");
        (await adm.PutAsync("/directory/people/p1", new { name = "Fay", department = "ops", roles = new[] { "requester" } })).Expect(201);
        var lent = (await _service.As("mo").PostAsync("/delegations", new { @delegate = "p1", until = DateTimeOffset.UtcNow.AddDays(30) })).Expect(201);
        var given = (await _service.As("p1").PostAsync("/delegations", new { @delegate = "rob", until = DateTimeOffset.UtcNow.AddDays(30), actionTypes = new[] { "other.*" } })).Expect(201);
        var token = (await adm.PostAsync("/tokens", new { person = "p1" })).Expect(201).Id;
        var own = await AskAsync("p1", "Of Fay", Level("any", "user:fox"));
        var open = await AskAsync("rae", "Waits for p1", Level("any", "user:p1"));
        var shared = await AskAsync("rae", "Waits for p1 and mia", Level("all", "user:p1", "user:mia"));

        (await adm.DeleteAsync("/directory/people/p1")).Expect(204);

        foreach (var delegation in new[] { lent, given })
        {
            Assert.Equal("ended", (await adm.GetAsync($"/delegations/{delegation.Id}")).Expect(200)["status"].GetString());
            Assert.Single((await _service.As("aud").GetAsync($"/audit?action=delegation_ended&subject=delegation:{delegation.Id}")).Expect(200).Items);
        }
        (await _service.As("p1").GetAsync("/inbox")).Expect(401);
        Assert.True((await adm.GetAsync("/tokens")).Expect(200).Items.Single(item => item.GetProperty("id").GetString() == token).TryGetProperty("revokedAt", out _));
        (await adm.GetAsync("/directory/people/p1")).Expect(404);
        // Whoever removed them does not decide in their place.
        Assert.Equal(["ava"], await WaitingAsync(open));
        Assert.Equal(["mia"], await WaitingAsync(shared));
        await Eventually.Async(async () =>
            (await _service.As("ava").GetAsync("/notifications")).Expect(200).Items.Any(item => item.GetProperty("kind").GetString() == "directory.changed"));

        var zed = (await adm.PutAsync("/directory/people/p1", new { name = "Zed", department = "ops", roles = new[] { "requester" } })).Expect(201);
        Assert.Equal(("p1", true), (zed.Id, zed["active"].GetBoolean()));
        Assert.Empty((await _service.As("p1").GetAsync("/inbox")).Expect(200).Items);
        Assert.Empty((await _service.As("p1").GetAsync("/delegations")).Expect(200).Items);
        Assert.Empty((await _service.As("p1").GetAsync("/requests")).Expect(200).Items);
        (await _service.As("p1").GetAsync($"/requests/{own}")).Expect(404);
        (await Stories.DecideAsync(_service, "p1", open, "approve")).Expect(404);
        var another = await AskAsync("rae", "Waits for mo", Level("any", "user:mo"));
        (await Stories.DecideAsync(_service, "p1", another, "approve")).Expect(404);

        // Zed may be asked in a place of his own, for what the Fay of before asked for, too.
        (await _service.As("fox").PostAsync($"/requests/{own}/assignments", new { kind = "add", to = "p1" })).Expect(200);
        (await Stories.DecideAsync(_service, "p1", own, "approve")).Expect(200);
    }

    [Fact]
    public async Task Whoever_is_deactivated_may_do_nothing_more_and_what_they_did_stands()
    {
        var adm = _service.As("adm");
        var request = await AskAsync("rae", "Two answers", Level("all", "user:mia", "user:mo"));
        (await Stories.DecideAsync(_service, "mia", request, "approve")).Expect(200);
        var open = await AskAsync("rae", "Waits for mia", Level("any", "user:mia"));

        Assert.False((await adm.PutAsync("/directory/people/mia", new { name = "Mia", roles = new[] { "approver" }, active = false })).Expect(200)["active"].GetBoolean());

        Assert.False((await adm.GetAsync("/directory/people/mia")).Expect(200)["active"].GetBoolean());
        (await _service.As("mia").GetAsync("/inbox")).Expect(401);
        Assert.Equal(["ava"], await WaitingAsync(open));
        (await _service.As("mo").PostAsync($"/requests/{request}/assignments", new { kind = "add", to = "mia" })).Expect(400, "VALIDATION_FAILED");
        (await _service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(400, "VALIDATION_FAILED");
        (await adm.PostAsync("/tokens", new { person = "mia" })).Expect(400, "VALIDATION_FAILED");
        (await Stories.DecideAsync(_service, "mo", request, "approve")).Expect(200);
        Assert.Equal("approved", (await _service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString());
        (await adm.PutAsync("/directory/people/adm", new { name = "Adm", roles = new[] { "admin" }, active = false })).Expect(409);
    }

    [Fact]
    public async Task A_delegate_who_has_a_place_is_not_asked_for_another()
    {
        (await _service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(201);
        var request = await AskAsync("rae", "Both", Level("all", "user:mia", "user:mo"));

        Assert.Equal(["mia", "mo"], await WaitingAsync(request));
        (await Stories.DecideAsync(_service, "mia", request, "approve")).Expect(200);
        var again = (await Stories.DecideAsync(_service, "mia", request, "approve")).Expect(409, "APPROVAL_ALREADY_DECIDED");
        Assert.Contains("the place of mo needs somebody else", again["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal(["mo"], await WaitingAsync(request));
        (await Stories.DecideAsync(_service, "mo", request, "approve")).Expect(200);
        Assert.Equal("approved", (await _service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task Strangers_do_not_fill_a_roles_quorum()
    {
        var request = await AskAsync("rae", "Finance", new { name = "Finance", approvers = new[] { "role:finance-manager" }, strategy = "quorum", quorum = 2 });
        (await _service.As("fay").PostAsync($"/requests/{request}/assignments", new { kind = "add", to = "mo" })).Expect(200);

        (await Stories.DecideAsync(_service, "fay", request, "approve")).Expect(200);
        (await Stories.DecideAsync(_service, "mo", request, "approve")).Expect(200);
        Assert.Equal("in_review", (await _service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString());
        (await _service.As("fox").PostAsync($"/requests/{request}/assignments", new { kind = "reassign", to = "mia" })).Expect(400, "VALIDATION_FAILED");
        (await Stories.DecideAsync(_service, "fox", request, "approve")).Expect(200);
        Assert.Equal("approved", (await _service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task Giving_authority_takes_a_second_administrator_who_does_not_gain_by_it()
    {
        var (adm, ava) = (_service.As("adm"), _service.As("ava"));
        (await adm.PutAsync("/directory/people/new", new { name = "New", roles = new[] { "requester" } })).Expect(201);
        var wanted = new { name = "New", roles = new[] { "requester", "finance-manager" } };
        var pending = (await adm.PutAsync("/directory/people/new", wanted)).Expect(202);
        Assert.Equal(pending.RequestId, (await adm.PutAsync("/directory/people/new", wanted)).Expect(202).RequestId);
        Assert.Equal($"/api/v1/requests/{pending.RequestId}", pending.Location);
        Assert.DoesNotContain("finance-manager", (await adm.GetAsync("/directory/people/new")).Expect(200).Text, StringComparison.Ordinal);

        (await Stories.DecideAsync(_service, "adm", pending.RequestId, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await ava.PostAsync($"/requests/{pending.RequestId}/assignments", new { kind = "add", to = "new" })).Expect(400, "VALIDATION_FAILED");
        (await Stories.DecideAsync(_service, "ava", pending.RequestId, "approve")).Expect(200);
        await Eventually.Async(async () =>
            (await adm.GetAsync("/directory/people/new")).Expect(200).Text.Contains("finance-manager", StringComparison.Ordinal));

        var entry = (await _service.As("aud").GetAsync("/audit?action=directory_changed&subject=person:new")).Expect(200).Items
            .Single(item => item.GetProperty("actor").GetProperty("type").GetString() == "system");
        Assert.Equal("adm", entry.GetProperty("onBehalfOf").GetString());
        var details = entry.GetProperty("details");
        Assert.Equal("""{"roles":["requester"]}""", details.GetProperty("before").GetRawText());
        Assert.Equal("""{"roles":["requester","finance-manager"]}""", details.GetProperty("after").GetRawText());
        Assert.Equal(pending.RequestId, details.GetProperty("approvedBy").GetString());

        // The second administrator gains by it: nobody is left, and it is refused; they ask for it themselves instead.
        (await adm.PutAsync("/directory/people/ava", new { name = "Ava", department = "it", roles = new[] { "admin", "approvals.override" } })).Expect(400, "APPROVAL_INVALID_LEVEL");
        var own = (await ava.PutAsync("/directory/people/ava", new { name = "Ava", department = "it", roles = new[] { "admin", "approvals.override" } })).Expect(202);
        (await Stories.DecideAsync(_service, "adm", own.RequestId, "approve")).Expect(200);
    }

    [Fact]
    public async Task No_administrator_decides_alone_by_what_they_make_of_others()
    {
        var adm = _service.As("adm");

        // As the only administrator: the other one loses the role while leaving, or after.
        (await adm.PutAsync("/directory/people/ava", new { name = "Ava", roles = new[] { "approver" }, active = false })).Expect(400, "APPROVAL_INVALID_LEVEL");
        (await adm.PutAsync("/directory/people/ava", new { name = "Ava", roles = new[] { "admin" }, active = false })).Expect(200);
        (await adm.PutAsync("/directory/people/ava", new { name = "Ava", active = false })).Expect(400, "APPROVAL_INVALID_LEVEL");
        (await adm.PutAsync("/directory/people/ava", new { name = "Ava", kind = "agent", roles = new[] { "admin" }, active = false })).Expect(400, "APPROVAL_INVALID_LEVEL");
        (await adm.PutAsync("/directory/people/adm", new { name = "Adm", department = "it", roles = new[] { "admin", "finance-manager" } })).Expect(400, "APPROVAL_INVALID_LEVEL");

        // In place of a manager whom they remove.
        var managed = (await _service.As("rae").PostAsync("/gate", new { actionType = "one.more", subject = new { type = "x", id = "1" }, payload = new { } })).Expect(202).RequestId;
        (await adm.DeleteAsync("/directory/people/mo")).Expect(204);
        (await Stories.DecideAsync(_service, "adm", managed, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");

        // As the substitute of somebody whom they send to hold a place.
        var request = await AskAsync("rae", "Waits for mia", Level("any", "user:mia"));
        (await adm.PutAsync("/directory/people/ghost", new { name = "Ghost" })).Expect(201);
        (await adm.PostAsync($"/requests/{request}/assignments", new { kind = "reassign", from = "mia", to = "ghost" })).Expect(200);
        var away = new { from = DateTimeOffset.UtcNow.AddDays(-1), until = DateTimeOffset.UtcNow.AddDays(1) };
        (await adm.PutAsync("/directory/people/ghost", new { name = "Ghost", substitute = "adm", away })).Expect(400, "APPROVAL_INVALID_LEVEL");
        (await Stories.DecideAsync(_service, "adm", request, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");
    }

    [Fact]
    public async Task What_was_agreed_to_is_done_only_to_whom_it_was_agreed_about()
    {
        var adm = _service.As("adm");
        (await adm.PutAsync("/directory/people/new", new { name = "New" })).Expect(201);
        var pending = (await adm.PutAsync("/directory/people/new", new { name = "New", roles = new[] { "approver" } })).Expect(202);
        (await adm.PutAsync("/directory/people/new", new { name = "Another" })).Expect(200);

        (await Stories.DecideAsync(_service, "ava", pending.RequestId, "approve")).Expect(200);

        await Eventually.Async(async () => (await _service.As("aud").GetAsync("/audit?action=directory_changed&subject=person:new")).Expect(200).Items
            .Any(item => item.GetProperty("outcome").GetString() == "failed"));
        Assert.Equal("Another", (await adm.GetAsync("/directory/people/new")).Expect(200)["name"].GetString());
        Assert.Empty((await adm.GetAsync("/directory/people/new")).Expect(200)["roles"].EnumerateArray());
    }

    [Fact]
    public async Task Where_every_answer_counts_removing_the_others_is_not_enough()
    {
        var adm = _service.As("adm");
        var answered = await AskAsync("rae", "Answered", Level("all", "user:adm", "user:mia"));
        var open = await AskAsync("rae", "Open", Level("all", "user:adm", "user:mia"));
        (await Stories.DecideAsync(_service, "adm", answered, "approve")).Expect(200);

        (await adm.DeleteAsync("/directory/people/mia")).Expect(204);

        Assert.Equal(["ava"], await WaitingAsync(answered));
        Assert.Equal(["adm", "ava"], await WaitingAsync(open));
        Assert.Equal("in_review", (await _service.As("rae").GetAsync($"/requests/{answered}")).Expect(200)["status"].GetString());
        var later = await AskAsync("rae", "Later", Level("all", "user:adm", "user:mia"));
        Assert.Equal(["ava"], await WaitingAsync(later));
        (await Stories.DecideAsync(_service, "ava", answered, "approve")).Expect(200);
        Assert.Equal("approved", (await _service.As("rae").GetAsync($"/requests/{answered}")).Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task An_only_administrator_gives_authority_alone_and_that_is_told()
    {
        var eve = _service.As("eve", World.Other);
        (await eve.PutAsync("/directory/people/zed", new { name = "Zed", roles = new[] { "approver" } })).Expect(201);
        await Eventually.Async(async () =>
            (await eve.GetAsync("/notifications")).Expect(200).Items.Any(item => item.GetProperty("kind").GetString() == "directory.changed"));
        var entry = Assert.Single((await eve.GetAsync("/audit?action=directory_changed&subject=person:zed")).Expect(200).Items);
        Assert.Equal("approver", entry.GetProperty("details").GetProperty("after").GetProperty("roles")[0].GetString());
    }

    [Fact]
    public async Task A_delegation_for_somebody_else_always_passes_the_gate()
    {
        var until = DateTimeOffset.UtcNow.AddDays(1);
        var lent = (await _service.As("adm").PostAsync("/delegations", new { delegator = "mo", @delegate = "mia", until })).Expect(202);
        var request = lent.Location!.Split('/')[^1];
        (await Stories.DecideAsync(_service, "adm", request, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await Stories.DecideAsync(_service, "mia", request, "approve")).Expect(404);
        (await Stories.DecideAsync(_service, "mo", request, "approve")).Expect(200);
        await Eventually.Async(async () => (await _service.As("mo").GetAsync($"/delegations/{lent.Id}")).Expect(200)["status"].GetString() == "active");
    }

    [Fact]
    public async Task An_administrator_routes_to_others_never_to_themselves()
    {
        var request = await AskAsync("rae", "Mo's", Level("any", "user:mo"));
        (await _service.As("adm").PostAsync($"/requests/{request}/assignments", new { kind = "reassign", from = "mo", to = "adm" })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await _service.As("adm").PostAsync($"/requests/{request}/assignments", new { kind = "add", to = "adm" })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await _service.As("adm").PostAsync($"/requests/{request}/assignments", new { kind = "reassign", from = "mo", to = "mia" })).Expect(200);
        (await Stories.DecideAsync(_service, "adm", request, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await Stories.DecideAsync(_service, "mia", request, "approve")).Expect(200);
    }

    private static object Level(string strategy, params string[] approvers) => new { name = "Level", approvers, strategy };

    private async Task<string> AskAsync(string requester, string title, object level) => (await _service.As(requester).PostAsync("/requests", new
    {
        requestType = "action",
        actionType = "people.test",
        title,
        payload = new { title },
        subject = new { type = "test", id = title.Replace(' ', '-') },
        levels = new[] { level },
    })).Expect(201).Id;

    /// <summary>Who is shown in the places that still wait.</summary>
    private async Task<string[]> WaitingAsync(string request) =>
    [
        .. (await _service.As("aud").GetAsync($"/requests/{request}")).Expect(200)["levels"][0].GetProperty("approvers").EnumerateArray()
            .Where(place => place.GetProperty("status").GetString() == "waiting").Select(place => place.GetProperty("id").GetString()!),
    ];
}
