namespace Approvals.Browser;

[Collection(BrowserTests.Name)]
public sealed class PolicyTests(Chromium chromium)
{
    [Fact]
    public async Task A_condition_is_checked_while_it_is_typed_and_completed()
    {
        await chromium.Service.BillAsync("C-1");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/policies/edit");
        var when = mika.Page.Locator("#when");

        await when.PressSequentiallyAsync("payload.am");
        await mika.Page.Locator("#when-check").GetByRole(AriaRole.Button, new() { Name = "payload.amount", Exact = true }).ClickAsync();
        await Expect(when).ToHaveValueAsync("payload.amount");
        await Expect(when).ToBeFocusedAsync();
        await mika.Page.Keyboard.TypeAsync(" >> 5");
        await Expect(mika.Page.Locator("#when-check .wrong")).ToContainTextAsync("Line 1, column");
        await mika.Page.Keyboard.PressAsync("Backspace");
        await mika.Page.Keyboard.PressAsync("Backspace");
        await mika.Page.Keyboard.PressAsync("Backspace");
        await mika.Page.Keyboard.TypeAsync(" 5");
        await Expect(mika.Page.Locator("#when-check")).ToContainTextAsync("Valid. It reads payload.amount");
    }

    [Fact]
    public async Task A_policy_is_put_together_tried_saved_and_sent_to_its_approvers()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/policies/edit");
        var page = mika.Page;
        await page.Locator("#name").FillAsync("Travel");
        await page.Locator("#key").FillAsync("travel.trip.book");
        await page.Locator("#actionTypes").FillAsync("travel.*");
        await page.Locator("#when").FillAsync("payload.cost > 1000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a level" }).ClickAsync();
        await Expect(page.Locator("[id='levels.1.name']")).ToBeVisibleAsync();
        await page.Locator("[id='levels.0.name']").FillAsync("Manager");
        await page.Locator("[id='levels.0.approvers']").FillAsync("manager:requester");
        await page.Locator("[id='levels.1.name']").FillAsync("Finance");
        await page.Locator("[id='levels.1.approvers']").FillAsync("rolle:finance-manager");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as draft" }).ClickAsync();
        await Expect(page.Locator(".notice.bad")).ToContainTextAsync("1 thing to put right");
        await Expect(page.Locator(".level .wrong")).ToHaveCountAsync(1);

        await page.Locator("[id='levels.1.approvers']").FillAsync("role:finance-manager");
        await page.Locator("[id='try.payload']").FillAsync("{\"cost\": 2000}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=try-title]")).ToContainTextAsync("needs approval");
        await Expect(page.Locator("section[aria-labelledby=try-title]")).ToContainTextAsync("Ana Alves");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save as draft" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Travel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("needs approval first");
    }

    [Fact]
    public async Task What_a_policy_names_and_is_not_there_is_told_before_and_after_it_is_saved()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/policies/edit");
        var page = mika.Page;
        await page.Locator("#name").FillAsync("Ghosts");
        await page.Locator("#key").FillAsync("case.ghosts");
        await page.Locator("#actionTypes").FillAsync("case.ghosts");
        await page.Locator("[id='levels.0.approvers']").FillAsync("user:ghost");
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await Expect(page.Locator(".notice ul")).ToContainTextAsync("There is nobody with the id 'ghost'");
        await Expect(page.Locator("section[aria-labelledby=try-title]")).ToContainTextAsync("fallback approvers");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save as draft" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Ghosts");
        await Expect(page.Locator(".notice ul")).ToContainTextAsync("/levels/0/approvers/0");
    }

    [Fact]
    public async Task Buttons_keep_the_focus_and_what_was_unfolded_when_the_form_is_drawn_again()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/policies/edit?pack=inventory.writeOff.post");
        var page = mika.Page;
        await page.Locator("[id='levels.0.more'] > summary").ClickAsync();
        await page.Locator("[id='cases.0.case'] > summary").ClickAsync();

        await page.Locator("[id='level.add']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[id='levels.2.name']")).ToBeVisibleAsync();
        await Expect(page.Locator("[id='level.add']")).ToBeFocusedAsync();
        await Expect(page.Locator("[id='levels.0.humanOnly']")).ToBeVisibleAsync();
        await Expect(page.Locator("[id='cases.0.name']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_ready_made_policy_brings_its_cases_and_they_pass()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/policies/edit?pack=inventory.writeOff.post");

        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Run the cases" }).ClickAsync();

        await Expect(mika.Page.Locator(".badge.good", new() { HasText = "passes" }).First).ToBeVisibleAsync();
        await Expect(mika.Page.Locator(".badge.bad", new() { HasText = "fails" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Everybody_reads_policies_and_only_administrators_of_policies_edit_them()
    {
        await using var rae = await Visitor.SignInAsync(chromium, "rae");

        await rae.GoAsync("/policies/purchasing.vendorBill.post");
        await Expect(rae.Page.Locator("main")).ToContainTextAsync("payload.amount > 5000");
        await Expect(rae.Page.GetByRole(AriaRole.Link, new() { Name = "Edit as a new draft" })).ToHaveCountAsync(0);
        Assert.Equal(403, (await rae.GoAsync("/policies/edit")).Status);
    }
}
