namespace Approvals.Browser;

[Collection(BrowserTests.Name)]
public sealed class RequestTests(Chromium chromium)
{
    [Fact]
    public async Task The_page_says_what_will_happen_why_and_who_decides()
    {
        var id = await chromium.Service.BillAsync("P-1", 52340.5);
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");

        var main = mika.Page.Locator("main");
        await Expect(main).ToContainTextAsync("The bill will be posted to the ledger.");
        await Expect(main).ToContainTextAsync("52,340.5");
        await Expect(mika.Page.Locator("section[aria-labelledby=why-title]")).ToContainTextAsync("payload.amount > 5000");
        await Expect(mika.Page.Locator(".timeline")).ToContainTextAsync("Mika Maas");
        await Expect(mika.Page.Locator(".timeline")).ToContainTextAsync("At least 2 approve");
        await Expect(mika.Page.GetByRole(AriaRole.Link, new() { Name = "Invoice.pdf" })).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        await Expect(mika.Page.GetByRole(AriaRole.Link, new() { Name = "Scan" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_decision_with_a_key_shows_in_the_timeline_and_the_history_verifies()
    {
        var id = await chromium.Service.BillAsync("P-2");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");

        await mika.Page.Keyboard.PressAsync("a");
        await mika.Page.Keyboard.TypeAsync("Agreed");
        await mika.Page.Keyboard.PressAsync("Enter");

        await Expect(mika.Page.Locator(".notice")).ToHaveTextAsync("Approved.");
        await Expect(mika.Page.Locator(".timeline")).ToContainTextAsync("Agreed");
        await Expect(mika.Page.Locator("#decision")).ToContainTextAsync("nothing left to decide");
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await Expect(mika.Page.Locator("output")).ToContainTextAsync("entries verified");
    }

    [Fact]
    public async Task The_whole_history_has_a_page_of_its_own_from_its_beginning()
    {
        var id = await chromium.Service.BillAsync("P-9");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");

        var history = await mika.GoAsync($"/requests/{id}/history");

        Assert.Equal(200, history.Status);
        await Expect(mika.Page.Locator("main")).ToContainTextAsync("Rae Ryan asked the gate");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Amounts_in_a_table_keep_on_one_line(int width)
    {
        var id = await chromium.Service.BillAsync($"P-10-{width}", 5_250_000.25);
        await using var mika = await Visitor.SignInAsync(chromium, "mika", new() { ViewportSize = new() { Width = width, Height = 800 } });
        await mika.GoAsync($"/requests/{id}");

        var lines = await mika.Page.Locator("tbody td.num").EvaluateAllAsync<int[]>(
            "cells => cells.map(cell => { const all = document.createRange(); all.selectNodeContents(cell); return new Set([...all.getClientRects()].map(line => line.top)).size; })");

        Assert.NotEmpty(lines);
        Assert.All(lines, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task An_escalation_stands_in_the_timeline_with_who_missed_it_and_who_took_over()
    {
        var answer = await chromium.Service.PostAsync("rae", "requests", new
        {
            requestType = "action",
            title = "Reopen a period",
            payload = new { period = "2026-10" },
            subject = new { type = "period", id = "2026-10" },
            levels = new[] { new { name = "Controller", approvers = new[] { "user:oli" }, strategy = "any", respondWithin = "1s", onTimeout = "escalate", escalateTo = new[] { "user:gus" }, maxEscalations = 1 } },
        });
        var id = answer["id"]!.GetValue<string>();
        for (var tries = 0; tries < 100 && !(await chromium.Service.GetAsync("rae", $"requests/{id}/history")).ToJsonString().Contains("escalated", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100);
        }

        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        await rae.GoAsync($"/requests/{id}");

        await Expect(rae.Page.Locator(".timeline")).ToContainTextAsync("Oli Ortiz did not answer in time; passed on to Gus Grau");
    }

    [Fact]
    public async Task An_api_key_is_taken_from_ten_characters_and_shown_nowhere()
    {
        const string Key = "sk-ant-0123456789";
        var id = await chromium.Service.KeyCardAsync("Anthropic", "API Key Required: Anthropic");
        await using var ada = await Visitor.SignInAsync(chromium, "ada");
        await ada.GoAsync($"/requests/{id}");
        var provide = ada.Page.GetByRole(AriaRole.Button, new() { Name = "Provide key" });
        var field = ada.Page.GetByLabel("API key");
        await Expect(field).ToHaveAttributeAsync("type", "password");

        await field.PressSequentiallyAsync("123456789");
        await Expect(provide).ToBeDisabledAsync();
        await field.FillAsync(Key);
        await provide.ClickAsync();

        await Expect(ada.Page.Locator(".notice")).ToHaveTextAsync("Approved.");
        Assert.DoesNotContain(Key, await ada.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_is_dismissed_with_a_reason_and_the_badge_follows()
    {
        var id = await chromium.Service.CardAsync("skill_enable", new { skillId = "s-1", skillName = "Research Web" }, "Enable Skill: Research Web");
        await using var ana = await Visitor.SignInAsync(chromium, "ana");
        await ana.GoAsync($"/requests/{id}");
        var badge = ana.Page.Locator("#menu a[href='/inbox'] .count");
        var before = await badge.InnerTextAsync();

        await Expect(ana.Page.Locator("main")).ToContainTextAsync("The skill Research Web will be enabled.");
        await ana.Page.Locator("#comment").FillAsync("Not now");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();

        await Expect(ana.Page.Locator(".notice")).ToHaveTextAsync("Rejected.");
        await Expect(badge).Not.ToHaveTextAsync(before);
    }

    [Fact]
    public async Task Who_asked_may_withdraw_but_not_decide()
    {
        var id = await chromium.Service.BillAsync("P-4");
        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        await rae.GoAsync($"/requests/{id}");

        await Expect(rae.Page.Locator("#decision")).ToContainTextAsync("You asked for this");
        await rae.Page.GetByText("Withdraw the request").First.ClickAsync();
        await rae.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the request" }).ClickAsync();
        await Expect(rae.Page.Locator(".notice")).ToContainTextAsync("Withdrawn");
    }

    [Fact]
    public async Task What_the_reader_may_not_see_looks_like_what_is_not_there()
    {
        var id = await chromium.Service.BillAsync("P-5");
        await using var nia = await Visitor.SignInAsync(chromium, "nia");

        var hidden = await nia.GoAsync($"/requests/{id}");
        var text = await nia.Page.Locator("main").InnerTextAsync();
        var missing = await nia.GoAsync("/requests/nothing");

        Assert.Equal((404, 404), (hidden.Status, missing.Status));
        Assert.Equal(text, await nia.Page.Locator("main").InnerTextAsync());
    }

    [Fact]
    public async Task Somebody_else_deciding_is_told_without_taking_what_is_typed()
    {
        var id = await chromium.Service.BillAsync("P-6");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");
        await mika.Page.Locator("#comment").FillAsync("half a thought");

        await chromium.Service.PostAsync("rae", $"requests/{id}/comments", new { comment = "One more thing" });

        await Expect(mika.Page.Locator("#changed")).ToContainTextAsync("has changed");
        await Expect(mika.Page.Locator("#comment")).ToHaveValueAsync("half a thought");
    }
}
