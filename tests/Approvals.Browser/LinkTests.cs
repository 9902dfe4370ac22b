namespace Approvals.Browser;

/// <summary>Approve links, in a browser that runs no script, as in a mail client's own.</summary>
[Collection(BrowserTests.Name)]
public sealed class LinkTests(Chromium chromium)
{
    private static readonly BrowserNewContextOptions NoScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Opening_decides_nothing_and_the_form_decides_once()
    {
        var id = await chromium.Service.BillAsync("A-1");
        var link = await LinkAsync("A-1");
        await using var phone = await Visitor.ArriveAsync(chromium, new(NoScript));

        await phone.GoAsync(link);
        await phone.GoAsync(link);
        Assert.Equal("in_review", await StatusAsync(id));
        await Expect(phone.Page.Locator("main")).ToContainTextAsync("For Mika Maas");
        await phone.Page.GetByLabel("Comment").FillAsync("From my phone");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Approved");
        Assert.Equal("approved", await StatusAsync(id));
        var again = await phone.GoAsync(link);
        Assert.Equal(410, again.Status);
    }

    [Fact]
    public async Task A_rejection_without_a_reason_is_sent_back_and_the_link_still_holds()
    {
        var id = await chromium.Service.BillAsync("A-2");
        await using var phone = await Visitor.ArriveAsync(chromium, new(NoScript));
        await phone.GoAsync(await LinkAsync("A-2"));

        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Expect(phone.Page.Locator(".notice.bad")).ToHaveTextAsync("A rejection needs a reason.");
        await phone.Page.GetByLabel("Comment").FillAsync("Twice the same bill");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();

        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Rejected");
        Assert.Equal("rejected", await StatusAsync(id));
    }

    [Fact]
    public async Task Used_and_forged_links_answer_with_the_same_page()
    {
        await chromium.Service.BillAsync("A-3");
        var link = await LinkAsync("A-3");
        await using var phone = await Visitor.ArriveAsync(chromium, new(NoScript));
        await phone.GoAsync(link);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        var used = await phone.GoAsync(link);
        var first = await phone.Page.Locator("main").InnerTextAsync();
        var forged = await phone.GoAsync(link[..^8] + "AAAAAAAA");

        Assert.Equal((410, 410), (used.Status, forged.Status));
        Assert.Equal(first, await phone.Page.Locator("main").InnerTextAsync());
    }

    [Fact]
    public async Task Somebody_else_who_has_signed_in_is_told_that_the_link_is_not_theirs_and_sees_nothing_of_it()
    {
        var id = await chromium.Service.BillAsync("A-7");
        await using var rae = await Visitor.SignInAsync(chromium, "rae");

        var answer = await rae.GoAsync(await LinkAsync("A-7"));

        Assert.Equal(403, answer.Status);
        await Expect(rae.Page.Locator("h1")).ToHaveTextAsync("This link is not yours");
        await Expect(rae.Page.Locator("main")).Not.ToContainTextAsync("A-7");
        Assert.Equal("in_review", await StatusAsync(id));
    }

    [Fact]
    public async Task A_page_whose_request_was_sent_in_anew_decides_nothing()
    {
        var id = await chromium.Service.BillAsync("A-8");
        await using var phone = await Visitor.ArriveAsync(chromium, new(NoScript));
        await phone.GoAsync(await LinkAsync("A-8"));
        await chromium.Service.PostAsync("mika", $"requests/{id}/decisions", new { decision = "requestChanges", comment = "Smaller, please." });
        await chromium.Service.PostAsync("rae", $"requests/{id}/resubmission", new { payload = new { number = "A-8", amount = 5_000_000, currency = "EUR", vendor = new { name = "Papierhaus Meyer", isNew = false } } });

        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync("This link is no longer valid");
        Assert.Equal("in_review", await StatusAsync(id));
    }

    [Fact]
    public async Task A_post_that_did_not_come_from_the_page_decides_nothing()
    {
        var id = await chromium.Service.BillAsync("A-4");
        using var elsewhere = new HttpClient { BaseAddress = chromium.Service.Address };

        using var answer = await elsewhere.PostAsync(await LinkAsync("A-4"), new FormUrlEncodedContent([new("decision", "approve")]));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("in_review", await StatusAsync(id));
    }

    [Fact]
    public async Task A_card_says_its_own_words_and_takes_its_input_unseen()
    {
        var id = await chromium.Service.KeyCardAsync("Anthropic", "API Key Required: A-5");
        await using var phone = await Visitor.ArriveAsync(chromium, new(NoScript));
        await phone.GoAsync(await LinkAsync("A-5", "ada"));
        var key = phone.Page.GetByLabel("API key");
        var provide = phone.Page.GetByRole(AriaRole.Button, new() { Name = "Provide key" });
        await Expect(key).ToHaveAttributeAsync("type", "password");
        await Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" })).ToBeVisibleAsync();

        // Without script it is the browser that holds back what is too short.
        await key.PressSequentiallyAsync("123456789");
        await provide.ClickAsync();
        Assert.Equal("in_review", await StatusAsync(id, "ada"));
        await key.PressSequentiallyAsync("0");
        await provide.ClickAsync();

        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Approved");
        Assert.Equal("approved", await StatusAsync(id, "ada"));
    }

    [Fact]
    public async Task With_script_the_key_can_be_given_from_ten_characters()
    {
        await chromium.Service.KeyCardAsync("Anthropic", "API Key Required: A-6");
        await using var desk = await Visitor.ArriveAsync(chromium);
        await desk.GoAsync(await LinkAsync("A-6", "ada"));
        var provide = desk.Page.GetByRole(AriaRole.Button, new() { Name = "Provide key" });

        await Expect(provide).ToBeDisabledAsync();
        await desk.Page.GetByLabel("API key").FillAsync("1234567890");
        await Expect(provide).ToBeEnabledAsync();
    }

    private Task<string> LinkAsync(string bill, string person = "mika") => chromium.Service.LinkAsync(bill, person);

    private async Task<string> StatusAsync(string id, string reader = "rae") => (await chromium.Service.GetAsync(reader, $"requests/{id}"))["status"]!.GetValue<string>();
}
