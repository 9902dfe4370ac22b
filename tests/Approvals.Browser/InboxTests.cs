namespace Approvals.Browser;

[Collection(BrowserTests.Name)]
public sealed class InboxTests(Chromium chromium)
{
    [Fact]
    public async Task A_key_and_enter_approve_the_row_and_the_next_one_has_the_focus()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await chromium.Service.BillAsync("K-1");
        await chromium.Service.BillAsync("K-2");
        await mika.GoAsync("/inbox?q=K-");

        await mika.Page.Keyboard.PressAsync("j");
        await Expect(mika.Row("K-1").Locator(".title")).ToBeFocusedAsync();
        await mika.Page.Keyboard.PressAsync("a");
        await Expect(mika.Page.Locator("#decide")).ToBeVisibleAsync();
        await mika.Page.Keyboard.TypeAsync("As ordered");
        await mika.Page.Keyboard.PressAsync("Enter");

        await Expect(mika.Page.Locator("#results")).ToContainTextAsync("Approved: Bill K-1");
        await Expect(mika.Row("K-1")).ToHaveCountAsync(0);
        await Expect(mika.Row("K-2").Locator(".title")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_rejection_wants_its_reason_first()
    {
        var id = await chromium.Service.BillAsync("R-1");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=R-1");

        await mika.Page.Keyboard.PressAsync("r");
        await mika.Page.Keyboard.PressAsync("Enter");
        await Expect(mika.Page.Locator("#decide")).ToBeVisibleAsync();
        await mika.Page.Keyboard.TypeAsync("Wrong cost center");
        await mika.Page.Keyboard.PressAsync("Enter");

        await Expect(mika.Page.Locator("#results")).ToContainTextAsync("Rejected: Bill R-1");
        Assert.Equal("rejected", (await chromium.Service.GetAsync("rae", $"requests/{id}"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rows_line_up_whatever_their_answers_are_called_and_the_dialog_calls_them_so_too()
    {
        await chromium.Service.BillAsync("L-1");
        await chromium.Service.CardAsync("skill_enable", new { skillId = "s-9", skillName = "L-2" }, "Enable Skill: L-2", approver: "mika");
        await chromium.Service.CardAsync("budget_override", new { amount = 3, reason = "L-3" }, "Budget for L-3", approver: "mika");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=L-");
        await Expect(mika.Page.Locator("#inbox .row")).ToHaveCountAsync(3);

        var dues = await mika.Page.Locator("#inbox .row .due").EvaluateAllAsync<double[]>("dues => dues.map(due => due.getBoundingClientRect().left)");
        Assert.Single(dues.Distinct());
        await mika.Row("L-2").GetByText("Dismiss").ClickAsync();
        await Expect(mika.Page.Locator("#decide h2")).ToHaveTextAsync("Dismiss");
        await Expect(mika.Page.Locator("#decide button.no")).ToHaveTextAsync("Dismiss");
    }

    [Fact]
    public async Task Keys_do_nothing_while_somebody_types_and_can_be_turned_off()
    {
        await chromium.Service.BillAsync("T-1");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");

        await mika.Page.Keyboard.PressAsync("/");
        await Expect(mika.Page.Locator("#q")).ToBeFocusedAsync();
        await mika.Page.Keyboard.TypeAsync("ar");
        await Expect(mika.Page.Locator("#q")).ToHaveValueAsync("ar");
        await Expect(mika.Page.Locator("#decide")).ToBeHiddenAsync();

        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await mika.Page.GetByLabel("Single-key shortcuts are on").UncheckAsync();
        await mika.Page.Keyboard.PressAsync("Escape");
        await mika.GoAsync("/inbox?q=T-1");
        await mika.Page.Keyboard.PressAsync("a");
        await Expect(mika.Page.Locator("#decide")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_bulk_decision_tells_what_became_of_each()
    {
        await chromium.Service.BillAsync("B-1");
        var taken = await chromium.Service.BillAsync("B-2");
        await chromium.Service.BillAsync("B-3");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=Bill+B-");
        await Expect(mika.Page.Locator(".bulk")).ToBeHiddenAsync();
        await mika.Row("B-1").Locator(".pick").CheckAsync();
        await mika.Row("B-2").Locator(".pick").CheckAsync();
        await Expect(mika.Page.Locator("[data-picked]")).ToHaveTextAsync("2 selected");

        await chromium.Service.PostAsync("rae", $"requests/{taken}/withdrawal", new { });
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve selected" }).ClickAsync();

        await Expect(mika.Page.Locator("#results .notice").First).ToContainTextAsync("1 request approved");
        await Expect(mika.Page.Locator("#results .notice.bad")).ToContainTextAsync("B-2");
        await Expect(mika.Row("B-3")).ToHaveCountAsync(1);
        await Expect(mika.Row("B-1")).ToHaveCountAsync(0);
        await Expect(mika.Row("B-3").Locator(".title")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_bar_of_a_bulk_decision_speaks_the_words_that_the_selected_rows_share()
    {
        await chromium.Service.BillAsync("M-1");
        await chromium.Service.CardAsync("skill_enable", new { skillId = "s-10", skillName = "M-2" }, "Enable Skill: M-2", approver: "mika");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=M-");
        await Expect(mika.Page.Locator("#inbox .row")).ToHaveCountAsync(2);
        var reject = mika.Page.Locator(".bulk button.no");

        await mika.Row("M-2").Locator(".pick").CheckAsync();
        await Expect(reject).ToHaveTextAsync("Dismiss selected");
        await mika.Row("M-1").Locator(".pick").CheckAsync();
        await Expect(reject).ToHaveTextAsync("Reject selected");
        await mika.Row("M-1").Locator(".pick").UncheckAsync();
        await Expect(reject).ToHaveTextAsync("Dismiss selected");
    }

    [Fact]
    public async Task The_bar_of_a_bulk_decision_keeps_its_parts_on_one_line_and_the_last_row_leaves_the_focus_on_the_page()
    {
        await chromium.Service.BillAsync("W-1");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=Bill+W-");
        await mika.Row("W-1").Locator(".pick").CheckAsync();
        var all = mika.Page.Locator(".bulk .check");
        var box = await all.Locator("input").BoundingBoxAsync();
        Assert.InRange((await all.BoundingBoxAsync())!.Height, 1, 40);
        Assert.InRange(box!.Width, 1, 24);

        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Approve selected" }).ClickAsync();

        await Expect(mika.Row("W-1")).ToHaveCountAsync(0);
        await Expect(mika.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Rows_and_count_come_by_themselves_and_leave_the_selection_alone()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await chromium.Service.BillAsync("L-1");
        await mika.GoAsync("/inbox?q=L-");
        await mika.Row("L-1").Locator(".pick").CheckAsync();
        var badge = mika.Page.Locator("#menu a[href='/inbox'] .count");
        var before = int.Parse((await badge.InnerTextAsync()).Split('\n', ' ')[0], System.Globalization.CultureInfo.InvariantCulture);

        await chromium.Service.BillAsync("L-2");

        await Expect(mika.Row("L-2")).ToBeVisibleAsync();
        await Expect(badge).ToContainTextAsync($"{before + 1}");
        await Expect(mika.Row("L-1").Locator(".pick")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_view_is_saved_under_a_name_and_removed_again()
    {
        await chromium.Service.BillAsync("V-1");
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync("/inbox?q=V-1");
        await mika.Page.GetByLabel("Save this view as").FillAsync("My bills");
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();

        var tab = mika.Page.GetByRole(AriaRole.Link, new() { Name = "My bills", Exact = true });
        await Expect(tab).ToHaveAttributeAsync("aria-current", "page");
        await mika.GoAsync("/inbox");
        await tab.ClickAsync();
        await Expect(mika.Page.Locator("#inbox .row")).ToHaveCountAsync(1);
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the view" }).ClickAsync();
        await Expect(tab).ToHaveCountAsync(0);
    }
}
