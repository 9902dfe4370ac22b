using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The copilot's tools over HTTP: what each answers, to whom, and that none of them decides.</summary>
public sealed class CopilotTests
{
    private static readonly string[] Names =
    [
        "explain_requirement", "suggest_policy", "simulate_policy", "scan_risks", "month_end_controls", "summarize_request", "list_my_inbox", "request_approval",
    ];

    [Fact]
    public async Task The_tools_are_these_and_none_decides()
    {
        await using var service = await Service.StartAsync();
        var tools = (await service.As("bot").GetAsync("/copilot/tools")).Expect(200)["tools"].EnumerateArray().ToArray();
        Assert.Equal(Names, tools.Select(tool => tool.GetProperty("name").GetString()));
        Assert.All(tools, tool => Assert.Equal("object", tool.GetProperty("parameters").GetProperty("type").GetString()));
        (await service.As("mo").PostAsync("/copilot/tools/decide", new { })).Expect(404, "APPROVAL_NOT_FOUND");
        (await service.With(null).GetAsync("/copilot/tools")).Expect(401);
    }

    [Fact]
    public async Task An_agent_asks_for_approval_as_at_the_gate_but_is_handed_no_grant()
    {
        await using var service = await Service.StartAsync();
        var bot = service.As("bot");
        var first = Card(await RunAsync(bot, "request_approval", Stories.OneLevel("1")));
        Assert.Equal("Waits for approval", Text(first, "title"));
        var request = Ref(first, "request");
        var gate = (await bot.PostAsync("/gate", Stories.OneLevel("1"))).Expect(202);
        Assert.Equal(request, gate.RequestId);
        (await Stories.DecideAsync(service, "bot", request, "approve")).Expect(403, "APPROVAL_AGENT_FORBIDDEN");
        (await Stories.DecideAsync(service, "mo", request, "approve")).Expect(200);
        var answer = await RunAsync(bot, "request_approval", Stories.OneLevel("1"));
        Assert.Equal("Approved", Text(Card(answer), "title"));
        var grant = (await bot.GetAsync($"/gate/{request}")).Expect(200)["grant"].GetProperty("token").GetString()!;
        Assert.DoesNotContain(grant, answer.Text, StringComparison.Ordinal);
        var trail = (await service.As("aud").GetAsync("/audit?action=gate_checked&actor=bot")).Expect(200);
        Assert.Equal(3, trail.Items.Length);
    }

    [Fact]
    public async Task What_was_rejected_and_what_is_allowed_answer_as_the_gate_does()
    {
        await using var service = await Service.StartAsync();
        Assert.Equal("Allowed", Text(Card(await RunAsync(service.As("rae"), "request_approval", Stories.Bill(amount: 5))), "title"));
        var request = await Stories.PendingAsync(service, "2");
        (await Stories.DecideAsync(service, "mo", request, "reject", "no")).Expect(200);
        (await service.As("rae").PostAsync("/copilot/tools/request_approval", Stories.OneLevel("2"))).Expect(403, "APPROVAL_DENIED");
        (await service.As("rae").PostAsync("/copilot/tools/request_approval", new { actionType = "no good", payload = 1 })).Expect(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_requirement_is_explained_before_and_after_without_what_is_sensitive()
    {
        await using var service = await Service.StartAsync();
        var before = await RunAsync(service.As("rae"), "explain_requirement", new { actionType = World.Bill, payload = Stories.Payload() });
        Assert.Equal("bill.post@1", Ref(Card(before), "policy"));
        Assert.Contains(Why(Card(before)), why => why.Contains("payload.amount > 100 is true", StringComparison.Ordinal));
        Assert.Contains(Why(Card(before)), why => why.Contains("asks Mo", StringComparison.Ordinal));
        var request = (await service.As("rae").PostAsync("/gate", Stories.Bill())).Expect(202).RequestId;
        var after = await RunAsync(service.As("mo"), "explain_requirement", new { requestId = request });
        Assert.Equal(request, Ref(Card(after), "request"));
        Assert.Contains(Why(Card(after)), why => why.Contains("payload.amount > 100 is true", StringComparison.Ordinal));
        Assert.DoesNotContain("DE02", before.Text + after.Text, StringComparison.Ordinal);
        (await service.As("mia").PostAsync("/copilot/tools/explain_requirement", new { requestId = request })).Expect(404, "APPROVAL_NOT_FOUND");
    }

    [Fact]
    public async Task A_request_is_summarized_for_who_may_see_it()
    {
        await using var service = await Service.StartAsync();
        var request = (await service.As("rae").PostAsync("/gate", Stories.Bill())).Expect(202).RequestId;
        (await Stories.DecideAsync(service, "mo", request, "approve", "fine by me")).Expect(200);
        var summary = await RunAsync(service.As("fay"), "summarize_request", new { requestId = request });
        var card = Card(summary);
        Assert.Equal("Bill B-1", Text(card, "title"));
        Assert.Contains("Rae asks for bill.post", Text(card, "summary"), StringComparison.Ordinal);
        Assert.Contains("Status: In review.", Text(card, "summary"), StringComparison.Ordinal);
        Assert.Contains(Why(card), why => why.Contains("fine by me", StringComparison.Ordinal));
        Assert.Contains(Why(card), why => why == "Amount: 5,000.00");
        Assert.DoesNotContain("DE02", summary.Text, StringComparison.Ordinal);
        Assert.False(card.TryGetProperty("apply", out _));
        foreach (var stranger in new[] { service.As("mia"), service.As("eve", World.Other) })
        {
            (await stranger.PostAsync("/copilot/tools/summarize_request", new { requestId = request })).Expect(404, "APPROVAL_NOT_FOUND");
        }
        (await service.As("fay").PostAsync("/copilot/tools/summarize_request", new { })).Expect(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task The_inbox_is_the_callers_own()
    {
        await using var service = await Service.StartAsync();
        var request = await Stories.PendingAsync(service, "3");
        var cards = Cards(await RunAsync(service.As("mo"), "list_my_inbox", new { }));
        Assert.Equal("1 request waits for you", Text(cards[0], "title"));
        Assert.Equal(request, Ref(cards[1], "request"));
        Assert.Equal("Nothing waits for you", Text(Card(await RunAsync(service.As("rae"), "list_my_inbox", new { })), "title"));
        (await service.As("mo").PostAsync("/copilot/tools/list_my_inbox", new { filter = "mine", limit = 51 })).Expect(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_policy_is_simulated_and_a_draft_can_be_applied_by_a_person()
    {
        await using var service = await Service.StartAsync();
        var policy = Draft("payload.amount > 10");
        var matched = Card(await RunAsync(service.As("pol"), "simulate_policy", new { policy, input = new { payload = new { amount = 11 } } }));
        Assert.Contains("approval needed", Text(matched, "title"), StringComparison.Ordinal);
        var apply = matched.GetProperty("apply");
        Assert.Equal(("POST", "/api/v1/policies", "policy-admin"), (Text(apply, "method"), Text(apply, "href"), Text(apply, "requires")));
        (await service.As("rex").PostAsync("/policies", apply.GetProperty("body"))).Expect(403);
        (await service.As("pol").PostAsync("/policies", apply.GetProperty("body"))).Expect(201);
        var stored = Card(await RunAsync(service.As("pol"), "simulate_policy", new { key = "trip.book", version = 1, replay = new { last = 10 } }));
        Assert.Equal("/api/v1/policies/trip.book/versions/1/publication", Text(stored.GetProperty("apply"), "href"));
        (await service.As("rae").PostAsync("/copilot/tools/simulate_policy", new { key = "trip.book", replay = new { } })).Expect(403);
    }

    [Fact]
    public async Task A_condition_becomes_a_draft_and_a_wrong_one_is_refused_with_its_place()
    {
        await using var service = await Service.StartAsync();
        var card = Card(await RunAsync(service.As("rae"), "suggest_policy", new { actionType = "trip.book", condition = "payload.amount > 10", approvers = new[] { "role:admin" } }));
        (await service.As("pol").PostAsync("/policies", card.GetProperty("apply").GetProperty("body"))).Expect(201);
        var wrong = (await service.As("rae").PostAsync("/copilot/tools/suggest_policy", new { actionType = "trip.book", condition = "payload.amount >" })).Expect(400, "POLICY_INVALID");
        var field = wrong["fields"][0];
        Assert.Equal("/condition", Text(field, "pointer"));
        Assert.Equal(1, field.GetProperty("line").GetInt32());
        (await service.As("rae").PostAsync("/copilot/tools/suggest_policy", new { actionType = "trip.book" })).Expect(400, "VALIDATION_FAILED");
        var draft = (await service.As("rae").PostAsync("/copilot/tools/suggest_policy", new { policy = new { key = "x" } })).Expect(400, "POLICY_INVALID");
        Assert.StartsWith("/policy", Text(draft["fields"][0], "pointer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_threshold_is_proposed_from_recorded_calls_to_who_may_see_them()
    {
        await using var service = await Service.StartAsync();
        for (var i = 1; i <= 12; i++)
        {
            (await service.As("rae").PostAsync("/gate", new { actionType = "trip.book", subject = new { type = "trip", id = $"{i}" }, payload = new { amount = i * 100 } })).Expect(200);
        }
        var card = Card(await RunAsync(service.As("pol"), "suggest_policy", new { actionType = "trip.book", history = true }));
        var body = card.GetProperty("apply").GetProperty("body");
        Assert.Equal("payload.amount > 1100", Text(body, "when"));
        Assert.Contains(Why(card), why => why.Contains("would have gated 1", StringComparison.Ordinal));
        (await service.As("rae").PostAsync("/copilot/tools/suggest_policy", new { actionType = "trip.book", history = true })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        var few = Card(await RunAsync(service.As("pol"), "suggest_policy", new { actionType = "trip.cancel", history = true }));
        Assert.False(few.TryGetProperty("apply", out _));
    }

    [Fact]
    public async Task Risks_are_found_in_the_trail_for_auditors_and_operators_only()
    {
        await using var service = await Service.StartAsync();
        (await service.As("rae").PostAsync("/gate", Stories.Bill("B-9", 95))).Expect(200);
        (await service.As("rae").PostAsync("/gate", Stories.Bill("B-9", 94))).Expect(200);
        var request = await Stories.PendingAsync(service, "4");
        (await Stories.DecideAsync(service, "rae", request, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await Stories.DecideAsync(service, "mo", request, "approve")).Expect(200);
        var titles = Cards(await RunAsync(service.As("aud"), "scan_risks", new { })).Select(card => Text(card, "title")).ToArray();
        Assert.Contains("Attempts to decide one's own request", titles);
        Assert.Contains("Amounts just under a threshold", titles);
        Assert.Contains("Possibly split to stay under a threshold", titles);
        Assert.Contains("Decisions faster than reading", titles);
        Assert.Equal("Nothing found", Text(Card(await RunAsync(service.As("eve", World.Other), "scan_risks", new { })), "title"));
        foreach (var person in new[] { "rae", "mo", "rex", "bot" })
        {
            (await service.As(person).PostAsync("/copilot/tools/scan_risks", new { })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
            (await service.As(person).PostAsync("/copilot/tools/month_end_controls", new { })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        }
        (await service.As("ops").PostAsync("/copilot/tools/scan_risks", new { from = "2026-01-01T00:00:00Z", to = "2025-01-01T00:00:00Z" })).Expect(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task The_controls_of_a_month_are_cards_with_what_needs_attention_first()
    {
        await using var service = await Service.StartAsync();
        var request = await Stories.PendingAsync(service, "5");
        var cards = Cards(await RunAsync(service.As("aud"), "month_end_controls", new { }));
        Assert.Equal("Requests still open", Text(cards[1], "title"));
        Assert.Equal(request, Ref(cards[1], "request"));
        (await service.As("aud").PostAsync("/copilot/tools/month_end_controls", new { month = "13-2026" })).Expect(400, "VALIDATION_FAILED");
    }

    private static object Draft(string when) => new
    {
        key = "trip.book",
        name = "Trips",
        actionTypes = new[] { "trip.book" },
        when,
        levels = new[] { new { name = "Manager", approvers = new[] { "manager:requester" }, strategy = "any" } },
    };

    private static async Task<Answer> RunAsync(Person person, string tool, object arguments) => (await person.PostAsync($"/copilot/tools/{tool}", arguments)).Expect(200);

    private static JsonElement[] Cards(Answer answer)
    {
        var cards = answer["cards"].EnumerateArray().ToArray();
        Assert.All(cards, card => Assert.InRange(card.GetProperty("confidence").GetDouble(), 0, 1));
        return cards;
    }

    private static JsonElement Card(Answer answer) => Cards(answer)[0];

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static string[] Why(JsonElement card) => [.. card.GetProperty("why").EnumerateArray().Select(why => why.GetString()!)];

    private static string Ref(JsonElement card, string source) => Text(card.GetProperty("provenance").EnumerateArray().First(each => Text(each, "source") == source), "ref");
}
