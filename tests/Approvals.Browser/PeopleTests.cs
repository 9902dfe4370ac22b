using System.Globalization;

namespace Approvals.Browser;

/// <summary>Signing in, delegating, times, messages, and what auditors see.</summary>
[Collection(BrowserTests.Name)]
public sealed class PeopleTests(Chromium chromium)
{
    [Fact]
    public async Task Signing_in_leads_back_and_signing_out_ends_it()
    {
        await using var ana = await Visitor.ArriveAsync(chromium);
        await ana.GoAsync("/delegations");
        await Expect(ana.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await ana.Page.Locator("button[value=ana]").ClickAsync();
        await Expect(ana.Page.Locator("h1")).ToHaveTextAsync("Delegations");

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await ana.GoAsync("/inbox");
        await Expect(ana.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Sign_in_never_leads_to_another_site()
    {
        await using var ana = await Visitor.ArriveAsync(chromium);
        await ana.GoAsync("/sign-in?return=//evil.test/");
        await ana.Page.Locator("button[value=ana]").ClickAsync();

        await Expect(ana.Page).ToHaveURLAsync(new Uri(chromium.Service.Address, "/inbox").ToString());
    }

    [Fact]
    public async Task Being_away_shows_in_the_calendar_and_the_substitute_decides()
    {
        await using var lena = await Visitor.SignInAsync(chromium, "lena");
        await lena.GoAsync("/delegations");
        await lena.Page.Locator("#delegate").SelectOptionAsync("leo");
        var until = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        await lena.Page.Locator("#until").FillAsync(until);
        await lena.Page.Locator("#reason").FillAsync("Holiday");
        await lena.Page.GetByRole(AriaRole.Button, new() { Name = "Delegate" }).ClickAsync();

        await Expect(lena.Page.Locator(".notice")).ToContainTextAsync("Delegated.");
        await Expect(lena.Page.Locator(".calendar .span").First).ToHaveTextAsync("Leo Lang for Lena Lind");
        var id = await chromium.Service.CardAsync("skill_enable", new { skillId = "s-2", skillName = "Drafting" }, "Enable Skill: Drafting", approver: "lena");
        await using var leo = await Visitor.SignInAsync(chromium, "leo");
        await leo.GoAsync($"/requests/{id}");
        await leo.Page.Keyboard.PressAsync("a");
        await leo.Page.Keyboard.PressAsync("Enter");
        await Expect(leo.Page.Locator(".timeline")).ToContainTextAsync("Leo Lang for Lena Lind");

        await lena.GoAsync("/delegations");
        await lena.Page.GetByRole(AriaRole.Button, new() { Name = "End now" }).First.ClickAsync();
        await Expect(lena.Page.Locator(".notice")).ToContainTextAsync("has ended");
    }

    [Fact]
    public async Task Times_are_in_the_readers_zone_at_once_and_from_the_server_afterwards()
    {
        var id = await chromium.Service.BillAsync("Z-1");
        var created = DateTimeOffset.Parse((await chromium.Service.GetAsync("rae", $"requests/{id}"))["createdAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        var tokyo = TimeZoneInfo.ConvertTime(created, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        await using var rae = await Visitor.SignInAsync(chromium, "rae", new() { TimezoneId = "Asia/Tokyo" });

        await rae.GoAsync($"/requests/{id}");

        await Expect(rae.Page.Locator("header time").Last).ToHaveTextAsync(tokyo);
        await Expect(rae.Page.Locator("html")).ToHaveAttributeAsync("data-zone", "Asia/Tokyo");
    }

    [Fact]
    public async Task A_message_is_unread_until_it_is_marked()
    {
        var id = await chromium.Service.CardAsync("skill_enable", new { skillId = "s-3", skillName = "Sorting" }, "Enable Skill: Sorting", approver: "finn");
        await using var finn = await Visitor.SignInAsync(chromium, "finn");
        await Expect(finn.Page.Locator("#menu a[href='/notifications'] .count")).ToContainTextAsync("1");
        await finn.GoAsync("/notifications");
        await Expect(finn.Page.Locator(".feed .unread").First).ToContainTextAsync("Enable Skill: Sorting");
        await Expect(finn.Page.Locator(".feed a").First).ToHaveAttributeAsync("href", $"/requests/{id}");
        await Expect(finn.Page.Locator(".feed .badge")).ToHaveCountAsync(1);

        await finn.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();

        await Expect(finn.Page.Locator(".feed .unread")).ToHaveCountAsync(0);
        await chromium.Service.PostAsync("finn", $"requests/{id}/decisions", new { decision = "approve" });
        await finn.GoAsync("/notifications");
        await Expect(finn.Page.Locator(".feed .badge")).ToHaveCountAsync(0);
        await Expect(finn.Page.Locator("#menu a[href='/notifications'] .count")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Preferences_are_kept()
    {
        await using var nia = await Visitor.SignInAsync(chromium, "nia");
        await nia.GoAsync("/preferences");
        await nia.Page.GetByLabel("Email").UncheckAsync();
        await nia.Page.Locator("#quietFrom").FillAsync("22:00");
        await nia.Page.Locator("#quietUntil").FillAsync("07:00");
        await nia.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(nia.Page.Locator(".notice")).ToHaveTextAsync("Saved.");
        await nia.GoAsync("/preferences");
        await Expect(nia.Page.GetByLabel("Email")).Not.ToBeCheckedAsync();
        await Expect(nia.Page.Locator("#quietUntil")).ToHaveValueAsync("07:00");
    }

    [Fact]
    public async Task An_auditor_filters_exports_and_verifies_the_trail()
    {
        var id = await chromium.Service.BillAsync("U-1");
        await using var uma = await Visitor.SignInAsync(chromium, "uma");
        await uma.GoAsync($"/audit?requestId={id}");
        await Expect(uma.Page.Locator("tbody tr").First).ToContainTextAsync("bill:U-1");

        var download = await uma.Page.RunAndWaitForDownloadAsync(() => uma.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Contains(id, await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await uma.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await Expect(uma.Page.Locator("output")).ToContainTextAsync("entries verified");

        await using var rae = await Visitor.SignInAsync(chromium, "rae");
        Assert.Equal(403, (await rae.GoAsync("/audit")).Status);
    }

    [Fact]
    public async Task What_was_told_stands_in_the_trail_with_the_policy_that_asked()
    {
        await chromium.Service.BillAsync("T-7");
        await chromium.Service.PostAsync("cleo", "delegations", new { @delegate = "mika", until = DateTime.UtcNow.AddDays(40), reason = "Sabbatical" });
        await using var ada = await Visitor.SignInAsync(chromium, "ada");

        await ComesAsync(async () =>
        {
            await ada.GoAsync("/audit?action=notified&subject=bill:T-7");
            return await ada.Page.Locator("tbody tr").CountAsync() > 0;
        });
        await Expect(ada.Page.Locator("tbody tr").First.GetByRole(AriaRole.Link, new() { Name = "purchasing.vendorBill.post" })).ToBeVisibleAsync();

        // The built-in policy of delegations has no page to lead to.
        await ComesAsync(async () =>
        {
            await ada.GoAsync("/audit?action=gate_checked&actor=cleo");
            return await ada.Page.Locator("tbody tr", new() { HasText = "approvals.delegation.create" }).CountAsync() > 0;
        });
        var built = ada.Page.Locator("tbody tr", new() { HasText = "approvals.delegation.create" }).First;
        await Expect(built).ToContainTextAsync("built in");
        await Expect(built.Locator("a[href^='/policies/']")).ToHaveCountAsync(0);
    }

    /// <summary>What comes soon after: the page is loaded again until it is there.</summary>
    private static async Task ComesAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("It did not come.");
    }
}
