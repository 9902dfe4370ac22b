using System.Text.Json;

namespace Approvals.Browser;

/// <summary>Every page against the axe rules of WCAG 2.2 A and AA and their best practices, in light and dark, wide and narrow.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    private const string Run = """
        async () => {
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } } });
          return JSON.stringify(found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html.slice(0, 160)).join(' | ')}`));
        }
        """;

    private static readonly string Axe = Read();

    [Theory]
    [MemberData(nameof(AllPages.ByPerson), MemberType = typeof(AllPages))]
    public async Task A_page_has_no_violation(string person, string path)
    {
        path = await AllPages.FillAsync(chromium.Service, path);
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 360) })
        {
            var options = new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } };
            await using var visitor = person.Length == 0
                ? await Visitor.ArriveAsync(chromium, options)
                : await Visitor.SignInAsync(chromium, person, options);
            await visitor.Page.AddInitScriptAsync(Axe);
            await visitor.GoAsync(path);
            await visitor.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");

            var violations = JsonSerializer.Deserialize<string[]>(await visitor.Page.EvaluateAsync<string>(Run))!;
            Assert.True(violations.Length == 0, $"{path} {scheme} {width}:\n{string.Join('\n', violations)}");

            var overflow = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{path} scrolls sideways by {overflow} px at {width} px");
        }
    }

    [Fact]
    public async Task The_skip_link_comes_first_and_leads_past_the_navigation()
    {
        await using var mika = await Visitor.SignInAsync(chromium, "mika");

        await mika.Page.Keyboard.PressAsync("Tab");
        var skip = mika.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Expect(skip).ToBeFocusedAsync();
        await mika.Page.Keyboard.PressAsync("Enter");
        await mika.Page.Keyboard.PressAsync("Tab");

        Assert.True(await mika.Page.EvaluateAsync<bool>("() => document.activeElement.closest('main') !== null"));
    }

    [Fact]
    public async Task On_a_phone_the_menu_opens_without_script()
    {
        var options = new BrowserNewContextOptions { JavaScriptEnabled = false, ViewportSize = new() { Width = 360, Height = 700 } };
        await using var mika = await Visitor.SignInAsync(chromium, "mika", options);
        var policies = mika.Page.GetByRole(AriaRole.Link, new() { Name = "Policies" });

        await Expect(policies).ToBeHiddenAsync();
        await mika.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await policies.ClickAsync();
        await Expect(mika.Page.Locator("h1")).ToHaveTextAsync("Policies");
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(AccessibilityTests).Assembly.GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    }
}
