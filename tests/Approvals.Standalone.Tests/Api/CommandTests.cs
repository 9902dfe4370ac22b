namespace Approvals.Standalone.Tests.Api;

public sealed class CommandTests(CommandTests.Running running) : IClassFixture<CommandTests.Running>
{
    private Service Service => running.Service;

    [Fact]
    public async Task Changes_are_requested_and_answered_with_another_payload()
    {
        var request = await Stories.PendingAsync(Service, "changes");
        Assert.Equal("changes_requested", (await Stories.DecideAsync(Service, "mo", request, "requestChanges", "Smaller.")).Expect(200)["status"].GetString());
        var resubmitted = (await Service.As("rae").PostAsync($"/requests/{request}/resubmission", new { payload = new { id = "changes", less = true } })).Expect(200);
        Assert.Equal("in_review", resubmitted["status"].GetString());
        Assert.True(resubmitted["payload"].GetProperty("less").GetBoolean());
        Assert.Equal("approved", (await Stories.DecideAsync(Service, "mo", request, "approve")).Expect(200)["status"].GetString());
    }

    [Fact]
    public async Task A_place_is_handed_over_and_a_person_added()
    {
        var request = await Stories.PendingAsync(Service, "assign");
        (await Service.As("mo").PostAsync($"/requests/{request}/assignments", new { kind = "reassign", to = "mia", reason = "Away." })).Expect(200);
        (await Service.As("mia").GetAsync($"/requests/{request}")).Expect(200);
        (await Service.As("adm").PostAsync($"/requests/{request}/assignments", new { kind = "add", to = "fay" })).Expect(200);
        (await Service.As("adm").PostAsync($"/requests/{request}/assignments", new { kind = "add", to = "rae" })).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await Stories.DecideAsync(Service, "mia", request, "approve")).Expect(200);
    }

    [Fact]
    public async Task A_rejection_is_overridden_by_whoever_may()
    {
        var request = await Stories.PendingAsync(Service, "override");
        (await Stories.DecideAsync(Service, "mo", request, "reject", "No.")).Expect(200);
        (await Service.As("adm").PostAsync($"/requests/{request}/override", new { reason = "Because." })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await Service.As("ove").PostAsync($"/requests/{request}/override", new { reason = " " })).Expect(400, "APPROVAL_REASON_REQUIRED");
        Assert.Equal("in_review", (await Service.As("ove").PostAsync($"/requests/{request}/override", new { reason = "Agreed." })).Expect(200)["status"].GetString());
        (await Stories.DecideAsync(Service, "mo", request, "approve")).Expect(200);
    }

    [Fact]
    public async Task Dismissing_is_rejecting()
    {
        var request = await Stories.PendingAsync(Service, "dismiss");
        (await Stories.DecideAsync(Service, "mo", request, "dismiss")).Expect(400, "APPROVAL_REASON_REQUIRED");
        Assert.Equal("rejected", (await Stories.DecideAsync(Service, "mo", request, "dismiss", "Not now.")).Expect(200)["status"].GetString());
        var decision = (await Service.As("rae").GetAsync($"/requests/{request}/decision")).Expect(200);
        Assert.Equal(("rejected", "mo"), (decision["decision"].GetString(), decision["approver"].GetString()));
    }

    [Fact]
    public async Task Many_are_decided_each_for_itself()
    {
        var first = await Stories.PendingAsync(Service, "many-1");
        var second = await Stories.PendingAsync(Service, "many-2");
        var answer = (await Service.As("mo").PostAsync("/inbox/decisions", new
        {
            items = new object[]
            {
                new { requestId = first, decision = "approve" },
                new { requestId = second, decision = "reject" },
                new { requestId = "absent", decision = "approve" },
            },
        })).Expect(200);
        Assert.Equal([200, 400, 404], answer.Items.Select(item => item.GetProperty("status").GetInt32()));
        Assert.Equal("approved", answer.Items[0].GetProperty("request").GetProperty("status").GetString());
        Assert.Equal("APPROVAL_REASON_REQUIRED", answer.Items[1].GetProperty("problem").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_repeated_command_is_answered_as_it_was_first()
    {
        var request = (await Service.As("rae").PostAsync("/gate", Stories.Bill("again", 9000))).Expect(202).RequestId;
        var firsts = new List<(string Person, string Path, object Body, string Key, Answer First)>();
        async Task SendAsync(string person, string path, object body, string key = "")
        {
            var first = await Service.As(person).PostAsync($"/requests/{request}/{path}", body, key.Length > 0 ? key : null);
            firsts.Add((person, path, body, key, first.Expect(200)));
        }

        await SendAsync("mo", "comments", new { comment = "Looking.", commandId = "c1" });
        await SendAsync("mo", "decisions", new { decision = "approve", comment = "Fine.", commandId = "c2" });
        await SendAsync("rae", "comments", new { comment = "Thanks." }, "again-key");
        await SendAsync("fay", "decisions", new { decision = "approve", commandId = "c3" });
        var pass = (await Service.As("rae").GetAsync($"/gate/{request}")).Expect(200);
        var claim = new { grant = pass["grant"].GetProperty("token").GetString(), payload = Stories.Payload("again", 9000) };
        (await Service.As("rae").PostAsync($"/gate/{request}/execution", claim)).Expect(201);

        foreach (var (person, path, body, key, first) in firsts)
        {
            var again = (await Service.As(person).PostAsync($"/requests/{request}/{path}", body, key.Length > 0 ? key : null)).Expect(200);
            Assert.Equal(first.Text, again.Text);
        }

        Assert.Equal(["in_review", "in_review", "in_review", "approved"], firsts.Select(each => each.First["status"].GetString()));
        Assert.Equal([1, 2, 2, 2], firsts.Select(each => each.First["currentLevel"].GetInt32()));
    }

    [Fact]
    public async Task A_repeated_command_keeps_its_answer_past_a_resubmission_and_an_override()
    {
        var request = await Stories.PendingAsync(Service, "again-2");
        async Task<Answer> ChangesAsync() => (await Service.As("mo").PostAsync(
            $"/requests/{request}/decisions", new { decision = "requestChanges", comment = "Smaller.", commandId = "c1" })).Expect(200);
        async Task<Answer> RejectAsync() => (await Service.As("mo").PostAsync(
            $"/requests/{request}/decisions", new { decision = "reject", comment = "No.", commandId = "c2" })).Expect(200);
        static (string?, long, int, string?, string?, bool) Said(Answer answer) => (
            answer["status"].GetString(), answer["version"].GetInt64(), answer["currentLevel"].GetInt32(), answer["payloadHash"].GetString(),
            answer["payload"].GetRawText(), answer.Body.TryGetProperty("decidedAt", out _));

        var changes = await ChangesAsync();
        (await Service.As("rae").PostAsync($"/requests/{request}/resubmission", new { payload = new { id = "again-2", less = true } })).Expect(200);
        Assert.Equal(Said(changes), Said(await ChangesAsync()));
        var rejected = await RejectAsync();
        (await Service.As("ove").PostAsync($"/requests/{request}/override", new { reason = "Agreed." })).Expect(200);
        Assert.Equal(Said(rejected), Said(await RejectAsync()));
        Assert.Equal(Said(changes), Said(await ChangesAsync()));
        (await Stories.DecideAsync(Service, "mo", request, "approve")).Expect(200);
        Assert.Equal(("rejected", true), (Said(await RejectAsync()).Item1, Said(await RejectAsync()).Item6));
    }

    [Fact]
    public async Task What_became_of_a_command_is_told_to_whoever_sent_it_and_to_administrators()
    {
        var request = await Stories.PendingAsync(Service, "what");
        var path = $"/requests/{request}/commands";
        var done = (await Service.As("mo").PostAsync($"/requests/{request}/decisions", new { decision = "approve", commandId = "c2" })).Expect(200);

        var told = (await Service.As("mo").GetAsync($"{path}/c2")).Expect(200);
        Assert.Equal(("done", done["version"].GetInt64()), (told["status"].GetString(), told["version"].GetInt64()));
        Assert.Equal(told.Text, (await Service.As("adm").GetAsync($"{path}/mo%3Ac2")).Expect(200).Text);
        foreach (var other in new[] { "rae", "mia", "bot", "aud", "ops", "rex" })
        {
            (await Service.As(other).GetAsync($"{path}/c2")).Expect(404, "APPROVAL_NOT_FOUND");
            (await Service.As(other).GetAsync($"{path}/mo%3Ac2")).Expect(404, "APPROVAL_NOT_FOUND");
        }
        (await Service.As("eve", World.Other).GetAsync($"{path}/mo%3Ac2")).Expect(404);
        (await Service.As("mo").GetAsync($"{path}/absent")).Expect(404);
        (await Service.As("mo").GetAsync("/requests/absent/commands/c2")).Expect(404);
    }

    [Fact]
    public async Task A_refused_command_says_why()
    {
        var request = await Stories.PendingAsync(Service, "why");
        (await Service.As("mo").PostAsync($"/requests/{request}/decisions", new { decision = "approve", payloadHash = new string('0', 64), commandId = "erp/1" })).Expect(409);
        var told = (await Service.As("mo").GetAsync($"/requests/{request}/commands/{Uri.EscapeDataString("erp/1")}")).Expect(200);
        Assert.Equal("refused", told["status"].GetString());
        Assert.Equal("APPROVAL_STALE_VIEW", told["problem"].GetProperty("code").GetString());
        Assert.Matches("^[0-9a-f]{64}$", told["problem"].GetProperty("payloadHash").GetString());
    }

    [Fact]
    public async Task A_claim_that_is_sent_again_is_the_same_execution_and_its_claimer_finds_it()
    {
        var (request, grant) = await Stories.ApprovedAsync(Service, "claim-again");
        var path = $"/gate/{request}/execution";
        var payload = new { id = "claim-again" };
        (await Service.As("rae").GetAsync(path)).Expect(404);
        var first = (await Service.As("rae").PostAsync(path, new { grant, payload, commandId = "c1" })).Expect(201)["executionId"].GetString();

        Assert.Equal(first, (await Service.As("rae").PostAsync(path, new { grant, payload, commandId = "c1" })).Expect(201)["executionId"].GetString());
        (await Service.As("rae").PostAsync(path, new { grant, payload = new { id = "other" }, commandId = "c1" })).Expect(409, "APPROVAL_PAYLOAD_CHANGED");
        (await Service.As("rae").PostAsync(path, new { grant, payload, commandId = "c2" })).Expect(409, "APPROVAL_ALREADY_EXECUTED");
        (await Service.As("rae").PostAsync(path, new { grant, payload })).Expect(409, "APPROVAL_ALREADY_EXECUTED");
        Assert.Equal(first, (await Service.As("rae").GetAsync($"/requests/{request}/commands/c1")).Expect(200)["executionId"].GetString());
        Assert.Equal(first, (await Service.As("adm").GetAsync($"/requests/{request}/commands/rae%3Ac1")).Expect(200)["executionId"].GetString());
        (await Service.As("mo").PostAsync($"/requests/{request}/comments", new { comment = "Mine.", commandId = "c1" })).Expect(409);
        Assert.False((await Service.As("mo").GetAsync($"/requests/{request}/commands/c1")).Expect(200).Body.TryGetProperty("executionId", out _));
        var found = (await Service.As("rae").GetAsync(path)).Expect(200);
        Assert.Equal((first, request, "claimed"), (found["executionId"].GetString(), found.RequestId, found["outcome"].GetString()));
        foreach (var other in new[] { "mo", "adm", "aud", "bot", "rob" })
        {
            (await Service.As(other).GetAsync(path)).Expect(404, "APPROVAL_NOT_FOUND");
        }

        (await Service.As("rae").PostAsync($"{path}/{first}/result", new { outcome = "succeeded" })).Expect(200);
        var reported = (await Service.As("rae").GetAsync(path)).Expect(200);
        Assert.Equal(("succeeded", true), (reported["outcome"].GetString(), reported.Body.TryGetProperty("reportedAt", out _)));
        Assert.Equal(first, (await Service.As("rae").PostAsync(path, new { grant, payload, commandId = "c1" })).Expect(201)["executionId"].GetString());
    }

    [Fact]
    public async Task A_decision_on_what_was_replaced_is_refused_and_says_what_is_asked_now()
    {
        var request = await Stories.PendingAsync(Service, "stale");
        var seen = (await Service.As("mo").GetAsync($"/requests/{request}")).Expect(200)["payloadHash"].GetString();
        (await Stories.DecideAsync(Service, "mo", request, "requestChanges", "Smaller.")).Expect(200);
        var now = (await Service.As("rae").PostAsync($"/requests/{request}/resubmission", new { payload = new { id = "stale", amount = 5_000_000 } }))
            .Expect(200)["payloadHash"].GetString();

        foreach (var decision in new[] { "approve", "reject", "requestChanges", "dismiss" })
        {
            var refused = (await Service.As("mo").PostAsync($"/requests/{request}/decisions", new { decision, comment = "Fine.", payloadHash = seen }))
                .Expect(409, "APPROVAL_STALE_VIEW");
            Assert.Equal(now, refused["payloadHash"].GetString());
            var item = (await Service.As("mo").PostAsync("/inbox/decisions", new
            {
                items = new[] { new { requestId = request, decision, comment = "Fine.", payloadHash = seen } },
            })).Expect(200).Items[0].GetProperty("problem");
            Assert.Equal(("APPROVAL_STALE_VIEW", now), (item.GetProperty("code").GetString(), item.GetProperty("payloadHash").GetString()));
        }

        (await Service.As("fay").PostAsync($"/requests/{request}/decisions", new { decision = "approve", payloadHash = seen })).Expect(404);
        var row = (await Service.As("mo").GetAsync("/inbox?limit=200")).Expect(200).Items.Single(item => item.GetProperty("id").GetString() == request);
        Assert.Equal(now, row.GetProperty("payloadHash").GetString());
        (await Service.As("mo").PostAsync("/inbox/decisions", new { items = new[] { new { requestId = request, decision = "approve", payloadHash = now } } })).Expect(200);
        Assert.Equal("approved", (await Service.As("mo").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString());
        var entries = (await Service.As("aud").GetAsync($"/requests/{request}/history?limit=200")).Expect(200).Items
            .Where(item => item.GetProperty("action").GetString() is "approved" or "changes_requested" && item.GetProperty("outcome").GetString() == "ok")
            .Select(item => item.GetProperty("payloadHash").GetString());
        Assert.Equal([seen, now], entries);
    }

    [Fact]
    public async Task Agents_decide_nothing_whatever_they_call()
    {
        var own = await Stories.PendingAsync(Service, "bot-own", "bot");
        var levels = new[] { new { name = "Bot", approvers = new[] { "user:bot", "user:mo" }, strategy = "any" } };
        var direct = (await Service.As("rae").PostAsync("/requests", new
        {
            requestType = "action",
            title = "For the bot",
            payload = new { },
            subject = new { type = "t", id = "b" },
            levels,
        })).Expect(201);
        foreach (var request in new[] { own, direct.Id })
        {
            foreach (var decision in new[] { "approve", "reject", "requestChanges", "dismiss" })
            {
                var answer = await Stories.DecideAsync(Service, "bot", request, decision, "I think so.");
                Assert.True(answer is { Status: 403, Code: "APPROVAL_AGENT_FORBIDDEN" } or { Status: 404 }, answer.Text);
                var bulk = (await Service.As("bot").PostAsync("/inbox/decisions", new { items = new[] { new { requestId = request, decision, comment = "x" } } })).Expect(200);
                Assert.True(bulk.Items[0].GetProperty("status").GetInt32() is 403 or 404);
            }
            Assert.NotEqual(200, (await Service.As("bot").PostAsync($"/requests/{request}/override", new { reason = "x" })).Status);
            Assert.NotEqual(200, (await Service.As("bot").PostAsync($"/requests/{request}/assignments", new { kind = "reassign", to = "mia" })).Status);
        }
        (await Service.As("bot").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(403, "APPROVAL_AGENT_FORBIDDEN");
    }

    [Fact]
    public async Task The_inbox_has_what_waits_for_the_caller()
    {
        var request = await Stories.PendingAsync(Service, "inbox");
        Assert.Contains(request, await InboxAsync("mo"));
        Assert.DoesNotContain(request, await InboxAsync("rae"));
        var count = (await Service.As("mo").GetAsync("/inbox/count")).Expect(200)["count"].GetInt32();
        (await Stories.DecideAsync(Service, "mo", request, "approve")).Expect(200);
        Assert.DoesNotContain(request, await InboxAsync("mo"));
        Assert.Equal(count - 1, (await Service.As("mo").GetAsync("/inbox/count")).Expect(200)["count"].GetInt32());
    }

    [Fact]
    public async Task Nobody_approves_their_own_gated_action_by_a_request_of_their_own()
    {
        object Direct(string type, string? actionType, object? levels) => new
        {
            requestType = type,
            actionType,
            title = "T",
            payload = new { amount = 5000, number = "B-1", service = "s" },
            subject = new { type = "bill", id = "B-1" },
            levels,
        };
        object[] nobody = [new { name = "Me", approvers = new[] { "user:mo" }, when = "false" }];
        object[] rule = [new { name = "Me", approvers = new[] { "user:mo" }, autoApprove = new[] { new { when = "true" } } }];
        foreach (var person in new[] { "rae", "bot" })
        {
            (await Service.As(person).PostAsync("/requests", Direct("x", World.Bill, nobody))).Expect(400, "APPROVAL_INVALID_LEVEL");
            (await Service.As(person).PostAsync("/requests", Direct("x", World.Bill, rule))).Expect(400, "APPROVAL_INVALID_LEVEL");
            (await Service.As(person).PostAsync("/requests", Direct("api_key_request", null, rule))).Expect(400, "APPROVAL_INVALID_LEVEL");
            (await Service.As(person).PostAsync("/requests", Direct("api_key_request", "x.y", null))).Expect(400, "VALIDATION_FAILED");
            (await Service.As(person).PostAsync("/gate", new
            {
                actionType = "one.key",
                type = "api_key_request",
                subject = new { type = "x", id = "1" },
                payload = new { service = "s" },
            })).Expect(400, "VALIDATION_FAILED");

            // Where nothing covers it, the answer is theirs, and is worth nothing to anybody.
            var own = (await Service.As(person).PostAsync("/requests", Direct("x", "uncovered", rule))).Expect(201);
            Assert.Equal(("approved", "direct", false), (own["status"].GetString(), own["origin"].GetString(), own.Body.TryGetProperty("grant", out _)));
            (await Service.As(person).GetAsync($"/gate/{own.Id}")).Expect(404, "APPROVAL_NOT_FOUND");
            (await Service.As(person).PostAsync($"/gate/{own.Id}/execution", new { grant = "x", payload = new { } })).Expect(404, "APPROVAL_NOT_FOUND");
            (await Service.As(person).PostAsync($"/gate/{own.Id}/execution/x/result", new { outcome = "succeeded" })).Expect(404, "APPROVAL_NOT_FOUND");
        }
    }

    [Fact]
    public async Task A_type_says_what_a_decision_brings_and_the_secret_stays_in_the_vault()
    {
        var request = (await Service.As("rae").PostAsync("/requests", new
        {
            requestType = "api_key_request",
            payload = new { service = "Anthropic" },
            subject = new { type = "service", id = "anthropic" },
        })).Expect(201);
        Assert.Equal("types.api_key_request", request["actionType"].GetString());
        Assert.Equal("API Key Required: Anthropic", request["title"].GetString());
        (await Service.As("rae").PostAsync("/requests", new
        {
            requestType = "api_key_request",
            payload = new { },
            subject = new { type = "service", id = "x" },
        })).Expect(400, "VALIDATION_FAILED");
        const string secret = "sk-very-secret-key-0123456789";
        var path = $"/requests/{request.Id}/decisions";
        var missing = (await Service.As("ava").PostAsync(path, new { decision = "approve" })).Expect(400, "VALIDATION_FAILED");
        Assert.Equal("/input/apiKey", missing["fields"][0].GetProperty("pointer").GetString());
        (await Service.As("ava").PostAsync(path, new { decision = "approve", input = new { apiKey = secret } }, "vault-key")).Expect(200);
        (await Service.As("ava").PostAsync(path, new { decision = "approve", input = new { apiKey = secret } }, "vault-key")).Expect(200);
        foreach (var place in new[] { $"/requests/{request.Id}", $"/requests/{request.Id}/history?limit=200", "/audit?limit=200", "/notifications" })
        {
            Assert.DoesNotContain(secret, (await Service.As("adm").GetAsync(place)).Expect(200).Text, StringComparison.Ordinal);
        }
        Assert.Contains("api_key_request", (await Service.As("bot").GetAsync("/types")).Expect(200).Items.Select(type => type.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Pages_go_through_all_requests_once()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            await Stories.PendingAsync(Service, $"page-{i}", "rob");
        }
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Service.As("rob").GetAsync($"/requests?limit=2{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}")).Expect(200);
            seen.AddRange(page.Items.Select(item => item.GetProperty("id").GetString()!));
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null);
        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Single((await Service.As("rob").GetAsync("/requests?subject=thing:page-3&status=in_review&requester=rob&requestType=action")).Expect(200).Items);
    }

    [Fact]
    public async Task Watchers_see_a_direct_request_and_decide_nothing()
    {
        var request = (await Service.As("rae").PostAsync("/requests", new
        {
            requestType = "action",
            title = "Watched",
            payload = new { },
            subject = new { type = "t", id = "w" },
            watchers = new[] { "user:mia", "role:finance-manager" },
            levels = new[] { new { name = "One", approvers = new[] { "user:mo" } } },
        })).Expect(201);
        foreach (var person in new[] { "mia", "fay" })
        {
            (await Service.As(person).GetAsync($"/requests/{request.Id}")).Expect(200);
            (await Stories.DecideAsync(Service, person, request.Id, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        }
        (await Service.As("rae").PostAsync("/requests", new
        {
            requestType = "action",
            title = "T",
            payload = new { },
            subject = new { type = "t", id = "w" },
            watchers = new[] { "somebody" },
        })).Expect(400, "VALIDATION_FAILED");
    }

    private async Task<IEnumerable<string?>> InboxAsync(string person) =>
        (await Service.As(person).GetAsync("/inbox?limit=200")).Expect(200).Items.Select(item => item.GetProperty("id").GetString());

    public sealed class Running : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync();

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
