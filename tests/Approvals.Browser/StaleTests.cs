namespace Approvals.Browser;

/// <summary>Pages that are older than the world: decided elsewhere, sent twice, signed out, gone back to.</summary>
[Collection(BrowserTests.Name)]
public sealed class StaleTests(Chromium chromium)
{
    [Fact]
    public async Task A_decision_sent_twice_is_made_once_and_says_so()
    {
        var id = await chromium.Service.BillAsync("S-1");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");

        await TwiceAsync(mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }));

        await Expect(mika.Page.Locator(".notice")).ToHaveTextAsync("Approved.");
        await Expect(mika.Page.Locator("#decision")).ToContainTextAsync("nothing left to decide");
        await Expect(mika.Page.Locator(".notice.bad")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_decided_elsewhere_is_told_when_a_stale_tab_decides()
    {
        var id = await chromium.Service.BillAsync("S-2");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");
        await chromium.Service.PostAsync("rae", $"requests/{id}/withdrawal", new { });

        await mika.Page.Locator("#comment").FillAsync("Too late");
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(mika.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("withdrawn");
        await Expect(mika.Page.Locator("header .badge").First).ToContainTextAsync("Withdrawn");
    }

    [Fact]
    public async Task A_page_that_shows_an_older_payload_decides_nothing_shows_the_new_one_and_keeps_the_comment()
    {
        var id = await chromium.Service.BillAsync("S-7", amount: 6100);
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");
        await ResubmitAsync(id, "S-7");

        await mika.Page.Locator("#comment").FillAsync("A hundred is fine");
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(mika.Page.Locator("#decision").GetByRole(AriaRole.Alert)).ToContainTextAsync("something else than what was shown");
        await Expect(mika.Page.Locator("#main")).ToContainTextAsync("5,000,000");
        await Expect(mika.Page.Locator("#comment")).ToHaveValueAsync("A hundred is fine");
        Assert.Equal("in_review", await StatusAsync(id));

        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(mika.Page.Locator(".notice")).ToHaveTextAsync("Approved.");
    }

    [Fact]
    public async Task A_row_of_the_inbox_that_shows_an_older_payload_decides_nothing_and_gives_the_comment_back()
    {
        var id = await chromium.Service.BillAsync("S-8", amount: 6100);
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox");
        await mika.Row("S-8").GetByRole(AriaRole.Link, new() { Name = "Approve" }).ClickAsync();
        await ResubmitAsync(id, "S-8");

        await mika.Page.Locator("#decide-comment").FillAsync("A hundred is fine");
        await mika.Page.Locator("#decide button[data-for=approve]").ClickAsync();

        await Expect(mika.Page.Locator("#results .notice.bad")).ToContainTextAsync("something else than what was shown");
        await Expect(mika.Page.Locator("#results")).ToContainTextAsync("A hundred is fine");
        Assert.Equal("in_review", await StatusAsync(id));
    }

    [Fact]
    public async Task A_selection_does_not_outlive_what_it_was_made_on()
    {
        var id = await chromium.Service.BillAsync("S-9", amount: 6100);
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox");
        var shown = await mika.Row("S-9").GetAttributeAsync("data-item");
        await mika.Row("S-9").Locator(".pick").CheckAsync();
        await ResubmitAsync(id, "S-9");

        await Expect(mika.Row("S-9")).Not.ToHaveAttributeAsync("data-item", shown!);
        await Expect(mika.Row("S-9").Locator(".pick")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_session_that_ended_leads_to_sign_in_and_back_and_decides_nothing()
    {
        var id = await chromium.Service.BillAsync("S-3");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");
        await mika.Page.Context.ClearCookiesAsync();

        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(mika.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await mika.Page.Locator("button[value=mika]").ClickAsync();

        await Expect(mika.Page).ToHaveURLAsync(new Uri(chromium.Service.Address, $"/requests/{id}").ToString());
        await Expect(mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Going_back_shows_the_inbox_as_it_is_now()
    {
        var id = await chromium.Service.BillAsync("S-4");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=S-4");
        await mika.Row("S-4").Locator(".title").ClickAsync();
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(mika.Page.Locator(".notice")).ToHaveTextAsync("Approved.");

        await mika.Page.GoBackAsync();

        await Expect(mika.Page.Locator("h1")).ToHaveTextAsync("Inbox");
        await Expect(mika.Row("S-4")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Another_tab_of_the_same_person_follows()
    {
        var id = await chromium.Service.BillAsync("S-5");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=S-5");
        await Expect(mika.Row("S-5")).ToHaveCountAsync(1);
        var other = await mika.Page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(chromium.Service.Address, $"/requests/{id}").ToString());

        await other.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(other.Locator(".notice")).ToHaveTextAsync("Approved.");
        await Expect(mika.Row("S-5")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_bulk_decision_sent_twice_refuses_nothing_that_it_did()
    {
        await chromium.Service.BillAsync("S-6");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=S-6");
        await mika.Row("S-6").Locator(".pick").CheckAsync();

        await TwiceAsync(mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve selected" }));

        await Expect(mika.Page.Locator("#results .notice")).ToContainTextAsync("Approved: Bill S-6");
        await Expect(mika.Row("S-6")).ToHaveCountAsync(0);
        await Expect(mika.Page.Locator("#results .notice.bad")).ToHaveCountAsync(0);
    }

    /// <summary>Mika wants less, and gets a payload of five million.</summary>
    private async Task ResubmitAsync(string id, string number)
    {
        await chromium.Service.PostAsync("mika", $"requests/{id}/decisions", new { decision = "requestChanges", comment = "Smaller, please." });
        await chromium.Service.PostAsync("rae", $"requests/{id}/resubmission", new
        {
            payload = new { number, amount = 5_000_000, currency = "EUR", vendor = new { name = "Papierhaus Meyer", isNew = false } },
        });
    }

    private async Task<string> StatusAsync(string id) => (await chromium.Service.GetAsync("mika", $"requests/{id}"))["status"]!.GetValue<string>();

    /// <summary>The second click before the first is answered: with a mouse, the answer may take the button away in between.</summary>
    private static async Task TwiceAsync(ILocator button) => await button.EvaluateAsync("button => { button.click(); button.click(); }");
}
