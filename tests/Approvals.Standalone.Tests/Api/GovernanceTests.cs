namespace Approvals.Standalone.Tests.Api;

/// <summary>Policies and delegations pass the gate themselves.</summary>
public sealed class GovernanceTests : IAsyncLifetime
{
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_policy_is_published_by_itself_once_a_second_person_agrees()
    {
        var draft = (await _service.As("pol").PostAsync("/policies", Policy("new.policy", "payload.amount > 5"))).Expect(201);
        Assert.Equal(("draft", 1), (draft["status"].GetString(), draft["version"].GetInt32()));
        Assert.Equal("allowed", (await _service.As("rae").PostAsync("/gate", Call("new.policy"))).Expect(200)["outcome"].GetString());

        var pending = (await _service.As("pol").PostAsync("/policies/new.policy/versions/1/publication")).Expect(202);
        Assert.Equal(pending.RequestId, (await _service.As("pol").PostAsync("/policies/new.policy/versions/1/publication")).Expect(202).RequestId);
        (await Stories.DecideAsync(_service, "pol", pending.RequestId, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await Stories.DecideAsync(_service, "pam", pending.RequestId, "approve")).Expect(200);

        await Eventually.Async(async () => (await _service.As("pol").GetAsync("/policies/new.policy")).Expect(200)["status"].GetString() == "active");
        // Readers of the database see a commit a moment before the gate's snapshot of the tenant is replaced.
        await Eventually.Async(async () => (await _service.As("rae").PostAsync("/gate", Call("new.policy"))).Status == 202);
        var published = (await _service.As("pol").GetAsync($"/requests/{pending.RequestId}")).Expect(200);
        Assert.Equal(("approved", "service", false), (
            published["status"].GetString(), published["origin"].GetString(), published.Body.TryGetProperty("grant", out _)));
        (await _service.As("pol").PostAsync("/policies/new.policy/versions/1/publication")).Expect(409, "APPROVAL_INVALID_STATE");

        var retiring = (await _service.As("pam").PostAsync("/policies/new.policy/versions/1/retirement")).Expect(202);
        (await Stories.DecideAsync(_service, "adm", retiring.RequestId, "approve")).Expect(200);
        await Eventually.Async(async () => (await _service.As("pol").GetAsync("/policies/new.policy/versions/1")).Expect(200)["status"].GetString() == "retired");
        var other = new { actionType = "new.policy", subject = new { type = "t", id = "2" }, payload = new { amount = 10 } };
        Assert.Equal("allowed", (await _service.As("rae").PostAsync("/gate", other)).Expect(200)["outcome"].GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Of_two_who_ask_for_a_publication_whichever_is_approved_publishes(int approved)
    {
        var key = $"twice.{approved}";
        (await _service.As("pol").PostAsync("/policies", Policy(key, "true"))).Expect(201);
        string[] asked =
        [
            (await _service.As("pol").PostAsync($"/policies/{key}/versions/1/publication")).Expect(202).RequestId,
            (await _service.As("pam").PostAsync($"/policies/{key}/versions/1/publication")).Expect(202).RequestId,
        ];
        (await Stories.DecideAsync(_service, "adm", asked[approved], "approve")).Expect(200);
        await Eventually.Async(async () => (await _service.As("pol").GetAsync($"/policies/{key}")).Expect(200)["status"].GetString() == "active");

        // The other one has nothing left to publish, not even once the version is retired.
        var retiring = (await _service.As("pam").PostAsync($"/policies/{key}/versions/1/retirement")).Expect(202);
        (await Stories.DecideAsync(_service, "ava", retiring.RequestId, "approve")).Expect(200);
        await Eventually.Async(async () => (await _service.As("pol").GetAsync($"/policies/{key}/versions/1")).Expect(200)["status"].GetString() == "retired");
        (await Stories.DecideAsync(_service, "adm", asked[1 - approved], "approve")).Expect(200);
        await _service.RestartAsync();
        Assert.Equal("retired", (await _service.As("pol").GetAsync($"/policies/{key}/versions/1")).Expect(200)["status"].GetString());
        var trail = (await _service.As("aud").GetAsync("/audit?action=policy_published&limit=200")).Expect(200).Items;
        Assert.Single(trail, entry => entry.GetProperty("policy").GetProperty("key").GetString() == key);
    }

    [Fact]
    public async Task No_policy_takes_the_second_person_from_a_publication()
    {
        object Own(string key, string actionType, object level) => new { key, name = key, actionTypes = new[] { actionType }, priority = 9, levels = new[] { level } };
        async Task PublishAsync(string key)
        {
            var asked = (await _service.As("pol").PostAsync($"/policies/{key}/versions/1/publication")).Expect(202);
            (await Stories.DecideAsync(_service, "adm", asked.RequestId, "approve")).Expect(200);
            await Eventually.Async(async () => (await _service.As("pol").GetAsync($"/policies/{key}")).Expect(200)["status"].GetString() == "active");
        }

        // A wildcard whose levels are all skipped is about none of them.
        var nobody = new { name = "Nobody", approvers = new[] { "user:mo" }, when = "payload.key == \"never\"" };
        (await _service.As("pol").PostAsync("/policies", Own("every.thing", "*", nobody))).Expect(201);
        await PublishAsync("every.thing");

        // One that names it must have somebody answer.
        var refused = (await _service.As("pol").PostAsync("/policies", Own("own.publish", "approvals.policy.publish", nobody))).Expect(400, "POLICY_INVALID");
        Assert.Equal("/levels/0/when", refused["fields"][0].GetProperty("pointer").GetString());

        // And its author is nobody to answer, whoever asks.
        (await _service.As("pol").PostAsync("/policies", Policy("third.person", "true"))).Expect(201);
        var asked = (await _service.As("pam").PostAsync("/policies/third.person/versions/1/publication")).Expect(202);
        (await Stories.DecideAsync(_service, "pol", asked.RequestId, "approve")).Expect(404, "APPROVAL_NOT_FOUND");
        (await Stories.DecideAsync(_service, "pam", asked.RequestId, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        Assert.Equal("draft", (await _service.As("pol").GetAsync("/policies/third.person")).Expect(200)["status"].GetString());
        (await Stories.DecideAsync(_service, "ava", asked.RequestId, "approve")).Expect(200);
    }

    [Fact]
    public async Task A_publication_replaces_only_what_its_approvers_saw_it_replace()
    {
        async Task<string> AskAsync(int version) =>
            (await _service.As("pol").PostAsync($"/policies/two.drafts/versions/{version}/publication")).Expect(202).RequestId;
        async Task<string?> StatusAsync(int version) =>
            (await _service.As("pol").GetAsync($"/policies/two.drafts/versions/{version}")).Expect(200)["status"].GetString();
        foreach (var amount in new[] { 900, 100 })
        {
            (await _service.As("pol").PostAsync("/policies", Policy("two.drafts", $"payload.amount > {amount}"))).Expect(201);
        }
        var (lax, strict) = (await AskAsync(1), await AskAsync(2));
        (await Stories.DecideAsync(_service, "pam", strict, "approve")).Expect(200);
        await Eventually.Async(async () => await StatusAsync(2) == "active");

        // Whoever agrees to the first now has not seen that it takes the place of the second.
        (await Stories.DecideAsync(_service, "pam", lax, "approve")).Expect(200);
        await Eventually.Async(async () => (await _service.As("aud").GetAsync("/audit?action=policy_published&subject=policy:two.drafts@1")).Expect(200).Items
            .Any(entry => entry.GetProperty("outcome").GetString() == "failed"));
        Assert.Equal(("draft", "active"), (await StatusAsync(1), await StatusAsync(2)));

        (await Stories.DecideAsync(_service, "pam", await AskAsync(1), "approve")).Expect(200);
        await Eventually.Async(async () => await StatusAsync(1) == "active");
    }

    [Fact]
    public async Task A_publication_asked_for_right_after_another_replaces_that()
    {
        for (var version = 1; version <= 5; version++)
        {
            (await _service.As("pol").PostAsync("/policies", Policy("in.turn", $"payload.amount > {version}"))).Expect(201);
            var asked = (await _service.As("pol").PostAsync($"/policies/in.turn/versions/{version}/publication")).Expect(202).RequestId;
            (await Stories.DecideAsync(_service, "pam", asked, "approve")).Expect(200);
        }
        await Eventually.Async(async () => (await _service.As("pol").GetAsync("/policies/in.turn/versions/5")).Expect(200)["status"].GetString() == "active");
    }

    [Fact]
    public async Task A_gate_call_for_a_publication_publishes_nothing()
    {
        (await _service.As("pol").PostAsync("/policies", Policy("sly.policy", "true"))).Expect(201);
        var forged = new { actionType = "approvals.policy.publish", subject = new { type = "policy", id = "sly.policy@1" }, payload = new { key = "sly.policy", version = 1 } };
        var call = (await _service.As("rae").PostAsync("/gate", forged)).Expect(202);
        (await Stories.DecideAsync(_service, "adm", call.RequestId, "approve")).Expect(200);
        var ours = (await _service.As("pol").PostAsync("/policies/sly.policy/versions/1/publication")).Expect(202);
        Assert.NotEqual(call.RequestId, ours.RequestId);
        (await _service.As("pol").GetAsync($"/gate/{ours.RequestId}")).Expect(404, "APPROVAL_NOT_FOUND");
        await _service.RestartAsync();
        Assert.Equal("draft", (await _service.As("pol").GetAsync("/policies/sly.policy")).Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task A_rejected_publication_leaves_a_draft_that_can_be_tried_again()
    {
        (await _service.As("pol").PostAsync("/policies", Policy("bad.policy", "true"))).Expect(201);
        var pending = (await _service.As("pol").PostAsync("/policies/bad.policy/versions/1/publication")).Expect(202);
        (await Stories.DecideAsync(_service, "pam", pending.RequestId, "reject", "Not like this.")).Expect(200);
        await Eventually.Async(async () =>
            !(await _service.As("pol").GetAsync("/policies/bad.policy/versions/1")).Expect(200).Body.TryGetProperty("pendingRequest", out _));
        Assert.NotEqual(pending.RequestId, (await _service.As("pol").PostAsync("/policies/bad.policy/versions/1/publication")).Expect(202).RequestId);
    }

    [Fact]
    public async Task A_delegation_ended_by_many_at_once_ends_once()
    {
        var lent = (await _service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(201);
        var ended = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _service.As("mo").DeleteAsync($"/delegations/{lent.Id}")));

        Assert.All(ended, answer => answer.Expect(204));
        var trail = (await _service.As("aud").GetAsync($"/audit?action=delegation_ended&subject=delegation:{lent.Id}")).Expect(200);
        Assert.Single(trail.Items);
    }

    [Fact]
    public async Task A_publication_approved_before_a_stop_happens_after_the_start()
    {
        (await _service.As("pol").PostAsync("/policies", Policy("late.policy", "true"))).Expect(201);
        var pending = (await _service.As("pol").PostAsync("/policies/late.policy/versions/1/publication")).Expect(202);
        (await Stories.DecideAsync(_service, "pam", pending.RequestId, "approve")).Expect(200);
        await _service.RestartAsync();
        await Eventually.Async(async () => (await _service.As("pol").GetAsync("/policies/late.policy")).Expect(200)["status"].GetString() == "active");
    }

    [Theory]
    [InlineData("rae")]
    [InlineData("mo")]
    [InlineData("aud")]
    [InlineData("bot")]
    public async Task Others_may_read_policies_but_not_write_them(string person)
    {
        (await _service.As(person).GetAsync("/policies/bill.post")).Expect(200);
        (await _service.As(person).PostAsync("/policies", Policy("mine", "true"))).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await _service.As(person).PostAsync("/policies/bill.post/versions/1/retirement")).Expect(403, "APPROVAL_NOT_AUTHORIZED");
    }

    [Fact]
    public async Task A_bad_policy_is_refused_with_its_positions()
    {
        var answer = (await _service.As("pol").PostAsync("/policies", Policy("bad", "payload.amount >> 5"))).Expect(400, "POLICY_INVALID");
        var field = answer["fields"].EnumerateArray().First(each => each.GetProperty("pointer").GetString() == "/when");
        Assert.True(field.GetProperty("column").GetInt32() > 1);
        (await _service.As("pol").PostAsync("/policies", """{"key":"x","name":"X","actionTypes":["x"],"levels":[{"name":"L","approvers":["user:mo"]}],"unknown":1}"""))
            .Expect(400, "POLICY_INVALID");
        (await _service.As("pol").PostAsync("/policies", """{"tenant":"globex","key":"x","name":"X","actionTypes":["x"],"levels":[{"name":"L","approvers":["user:mo"]}]}"""))
            .Expect(400, "POLICY_INVALID");
    }

    [Fact]
    public async Task A_policy_is_tried_on_a_call_and_on_recorded_ones()
    {
        var run = (await _service.As("pol").PostAsync("/policies/simulation", new
        {
            key = "bill.post",
            input = new { actionType = "bill.post", actor = "rae", payload = new { amount = 200, number = "1" } },
        })).Expect(200);
        Assert.True(run["matched"].GetBoolean());
        Assert.Equal("mo", run["levels"][0].GetProperty("approvers")[0].GetString());
        Assert.NotEqual(0, run["explanation"].GetArrayLength());

        foreach (var amount in new[] { 50, 150, 250 })
        {
            await _service.As("rae").PostAsync("/gate", Stories.Bill($"R-{amount}", amount));
        }
        var replay = (await _service.As("pol").PostAsync("/policies/simulation", new
        {
            policy = Policy("bill.post", "payload.amount > 200", "bill.post"),
            replay = new { last = 10 },
        })).Expect(200);
        Assert.Equal((3, 1, 0, 1), (replay["evaluated"].GetInt32(), replay["gated"].GetInt32(), replay["newlyGated"].GetInt32(), replay["noLongerGated"].GetInt32()));
        (await _service.As("rae").PostAsync("/policies/simulation", new { key = "bill.post", replay = new { last = 10 } })).Expect(403);
        (await _service.As("pol").PostAsync("/policies/simulation", new { key = "absent", replay = new { last = 10 } })).Expect(404);
        (await _service.As("pol").PostAsync("/policies/simulation", new { policy = new { key = 1 }, replay = new { } })).Expect(400, "POLICY_INVALID");
    }

    [Fact]
    public async Task A_delegate_decides_for_somebody_and_the_trail_names_both()
    {
        var delegation = (await _service.As("mo").PostAsync("/delegations", new
        {
            @delegate = "mia",
            until = DateTimeOffset.UtcNow.AddDays(2),
            actionTypes = new[] { "one.*" },
            reason = "On holiday",
        })).Expect(201);
        Assert.Equal("active", delegation["status"].GetString());
        var request = await Stories.PendingAsync(_service, "del");
        Assert.Contains(request, (await _service.As("mia").GetAsync("/inbox")).Expect(200).Items.Select(item => item.GetProperty("id").GetString()));
        var decided = (await Stories.DecideAsync(_service, "mia", request, "approve")).Expect(200);
        var approver = decided["levels"][0].GetProperty("approvers")[0];
        Assert.Equal(("mia", "mo"), (approver.GetProperty("id").GetString(), approver.GetProperty("onBehalfOf").GetString()));
        var entry = (await _service.As("aud").GetAsync($"/audit?requestId={request}&action=approved")).Expect(200).Items.Single();
        Assert.Equal(("mia", "mo"), (entry.GetProperty("actor").GetProperty("id").GetString(), entry.GetProperty("onBehalfOf").GetString()));

        (await _service.As("mia").DeleteAsync($"/delegations/{delegation.Id}")).Expect(403);
        (await _service.As("rob").DeleteAsync($"/delegations/{delegation.Id}")).Expect(404);
        (await _service.As("mo").DeleteAsync($"/delegations/{delegation.Id}")).Expect(204);
        var next = await Stories.PendingAsync(_service, "del-2");
        (await Stories.DecideAsync(_service, "mia", next, "approve")).Expect(404);
        Assert.Equal("ended", (await _service.As("mo").GetAsync($"/delegations/{delegation.Id}")).Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task An_inbox_has_what_its_owner_may_decide_now()
    {
        var request = await Stories.PendingAsync(_service, "now");
        Assert.False(await WaitsAsync("mia"));

        var lent = (await _service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(2) })).Expect(201);
        Assert.True(await WaitsAsync("mia"));
        Assert.True(await WaitsAsync("mo"));

        var routed = await Stories.PendingAsync(_service, "routed");
        Assert.Equal("mia", (await _service.As("rae").GetAsync($"/requests/{routed}")).Expect(200)["levels"][0].GetProperty("approvers")[0].GetProperty("id").GetString());
        (await _service.As("mo").DeleteAsync($"/delegations/{lent.Id}")).Expect(204);
        Assert.False(await WaitsAsync("mia"));
        Assert.True(await WaitsAsync("mo"));
        (await Stories.DecideAsync(_service, "mia", routed, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        Assert.DoesNotContain("Mia", (await _service.As("rae").GetAsync($"/gate/{routed}")).Expect(202)["explanation"].GetString(), StringComparison.Ordinal);
        (await Stories.DecideAsync(_service, "mo", routed, "approve")).Expect(200);
        (await Stories.DecideAsync(_service, "mo", request, "approve")).Expect(200);
        Assert.False(await WaitsAsync("mo"));
    }

    private async Task<bool> WaitsAsync(string person)
    {
        var listed = (await _service.As(person).GetAsync("/inbox")).Expect(200).Items.Length;
        Assert.Equal(listed, (await _service.As(person).GetAsync("/inbox/count")).Expect(200)["count"].GetInt32());
        return listed > 0;
    }

    [Fact]
    public async Task Delegating_across_departments_waits_for_an_administrator()
    {
        var pending = (await _service.As("mo").PostAsync("/delegations", new { @delegate = "fay", until = DateTimeOffset.UtcNow.AddDays(2) })).Expect(202);
        Assert.Equal("pending", pending["status"].GetString());
        var request = await Stories.PendingAsync(_service, "across");
        (await Stories.DecideAsync(_service, "fay", request, "approve")).Expect(404);
        (await Stories.DecideAsync(_service, "adm", pending["pendingRequest"].GetString()!, "approve")).Expect(200);
        await Eventually.Async(async () => (await _service.As("mo").GetAsync($"/delegations/{pending.Id}")).Expect(200)["status"].GetString() == "active");
        (await Stories.DecideAsync(_service, "fay", request, "approve")).Expect(200);
    }

    [Theory]
    [InlineData("""{"delegate":"mia"}""", "/until")]
    [InlineData("""{"delegate":"mia","until":"tomorrow"}""", "/until")]
    [InlineData("""{"delegate":"mia","until":"2020-01-01T00:00:00Z"}""", "/until")]
    [InlineData("""{"delegate":"nobody","until":"2099-01-01T00:00:00Z"}""", "/delegate")]
    [InlineData("""{"delegate":"mo","until":"2099-01-01T00:00:00Z"}""", "/delegate")]
    [InlineData("""{"delegate":"mia","until":"2099-01-01T00:00:00Z","actionTypes":[]}""", "/actionTypes")]
    [InlineData("""{"delegate":"mia","until":"2099-01-01T00:00:00Z","actionTypes":"*"}""", "/actionTypes")]
    public async Task A_bad_delegation_names_its_member(string body, string pointer)
    {
        var answer = (await _service.As("mo").PostAsync("/delegations", body)).Expect(400, "VALIDATION_FAILED");
        Assert.Contains(pointer, answer["fields"].EnumerateArray().Select(field => field.GetProperty("pointer").GetString()));
    }

    private static object Policy(string key, string when, string? actionType = null) => new
    {
        key,
        name = key,
        actionTypes = new[] { actionType ?? key },
        when,
        levels = new[] { new { name = "Manager", approvers = new[] { "manager:requester" }, strategy = "any" } },
    };

    private static object Call(string actionType) => new { actionType, subject = new { type = "t", id = "1" }, payload = new { amount = 10 } };
}
