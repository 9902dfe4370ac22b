namespace Approvals.Browser;

/// <summary>What was sent back is changed in a form, or as JSON, and its approver sees what changed.</summary>
[Collection(BrowserTests.Name)]
public sealed class ResubmissionTests(Chromium chromium)
{
    [Fact]
    public async Task After_a_resubmission_the_approver_sees_what_changed()
    {
        var id = await chromium.Service.BillAsync("P-3", 9000);
        await using var mika = await Visitor.SignInAsync(chromium, "mika");
        await mika.GoAsync($"/requests/{id}");
        await mika.Page.Locator("#comment").FillAsync("Please correct the amount");
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for changes" }).ClickAsync();
        await Expect(mika.Page.Locator(".notice")).ToHaveTextAsync("Changes requested.");

        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        await rae.GoAsync($"/requests/{id}");
        var amount = rae.Page.GetByLabel("Amount", new() { Exact = true });
        await Expect(amount).ToHaveValueAsync("9000");
        await amount.FillAsync("8999.5");
        await rae.Page.GetByRole(AriaRole.Button, new() { Name = "Resubmit with changes" }).First.ClickAsync();
        await Expect(rae.Page.Locator(".notice")).ToContainTextAsync("Resubmitted");

        await mika.GoAsync($"/requests/{id}");
        await Expect(mika.Page.Locator(".diff del").First).ToContainTextAsync("9,000.00");
        await Expect(mika.Page.Locator(".diff ins").First).ToContainTextAsync("8,999.50");
        // What nobody touched, and what has no field, is as it was.
        await Expect(mika.Page.Locator(".diff del")).ToHaveCountAsync(1);
        var after = (await chromium.Service.GetAsync("rae", $"requests/{id}"))["payload"]!;
        Assert.Equal((8999.5, 2), (after["amount"]!.GetValue<double>(), after["attachments"]!.AsArray().Count));
    }

    [Fact]
    public async Task An_untyped_payload_is_still_changed_as_JSON_by_who_wants_to()
    {
        var id = await chromium.Service.BillAsync("P-8");
        await chromium.Service.PostAsync("mika", $"requests/{id}/decisions", new { decision = "requestChanges", comment = "One line more" });
        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        await rae.GoAsync($"/requests/{id}");
        var json = rae.Page.Locator("#payload");
        await Expect(json).ToBeHiddenAsync();
        await rae.Page.GetByText("Edit as JSON").ClickAsync();

        await json.FillAsync("[1");
        await rae.Page.GetByRole(AriaRole.Button, new() { Name = "Resubmit with changes" }).Last.ClickAsync();
        await Expect(rae.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Line 1");
        await Expect(json).ToHaveValueAsync("[1");
        await json.FillAsync("""{"number": "P-8", "amount": 9100, "lines": []}""");
        await rae.Page.GetByRole(AriaRole.Button, new() { Name = "Resubmit with changes" }).Last.ClickAsync();

        await Expect(rae.Page.Locator(".notice")).ToContainTextAsync("Resubmitted");
    }

    [Fact]
    public async Task A_typed_payload_is_changed_in_the_form_of_its_type_and_checked_by_it()
    {
        var own = await chromium.Service.PostAsync("rae", "requests", new
        {
            requestType = "budget_override",
            title = "More budget",
            payload = new { amount = 100, currency = "EUR", reason = "Fair", note = "kept" },
            subject = new { type = "budget", id = "P-9" },
            levels = new[] { new { name = "Owner", approvers = new[] { "user:ana" }, strategy = "any" } },
        });
        var mine = own["id"]!.GetValue<string>();
        await chromium.Service.PostAsync("ana", $"requests/{mine}/decisions", new { decision = "requestChanges", comment = "In euros, please" });
        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        await rae.GoAsync($"/requests/{mine}");
        await Expect(rae.Page.Locator("#payload")).ToHaveCountAsync(0);

        await rae.Page.GetByLabel("Amount", new() { Exact = true }).FillAsync("-5");
        await rae.Page.GetByRole(AriaRole.Button, new() { Name = "Resubmit with changes" }).ClickAsync();
        var amount = rae.Page.GetByLabel("Amount", new() { Exact = true });
        await Expect(amount).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(amount).ToHaveValueAsync("-5");
        await amount.FillAsync("250.5");
        await rae.Page.GetByRole(AriaRole.Button, new() { Name = "Resubmit with changes" }).ClickAsync();

        await Expect(rae.Page.Locator(".notice")).ToContainTextAsync("Resubmitted");
        var after = (await chromium.Service.GetAsync("rae", $"requests/{mine}"))["payload"]!;
        Assert.Equal((250.5, "EUR", "kept"), (after["amount"]!.GetValue<double>(), after["currency"]!.GetValue<string>(), after["note"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Who_asked_sees_what_to_change_and_is_led_there()
    {
        var id = await chromium.Service.BillAsync("P-7");
        await chromium.Service.PostAsync("mika", $"requests/{id}/decisions", new { decision = "requestChanges", comment = "Which cost center?" });
        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        await rae.GoAsync($"/requests/{id}");

        await Expect(rae.Page.Locator("#decision")).ToContainTextAsync("Which cost center?");
        await rae.Page.GetByRole(AriaRole.Link, new() { Name = "Change and resubmit" }).ClickAsync();
        await Expect(rae.Page.GetByLabel("Amount", new() { Exact = true })).ToBeInViewportAsync();
    }
}
