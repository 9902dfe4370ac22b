using Microsoft.Playwright;

namespace Approvals.Browser;

/// <summary>
/// Somebody at a browser. Whatever the browser complains about meanwhile (script errors, what the content security policy blocked, failed
/// loads) fails the test when it ends.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly Uri address;

    private Visitor(IBrowserContext context, IPage page, Uri address)
    {
        this.context = context;
        this.address = address;
        Page = page;
        page.Console += (_, message) =>
        {
            // A refusal's own status is what a test looks at itself.
            if (message.Type is "error" && !message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public static async Task<Visitor> ArriveAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.TimezoneId ??= "Europe/Berlin";
        options.Locale ??= "en-GB";
        options.BaseURL = chromium.Service.Address.ToString();
        var context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(20_000);
        return new Visitor(context, await context.NewPageAsync(), chromium.Service.Address);
    }

    /// <summary>Signed in as one of the demo tenant, at their inbox.</summary>
    public static async Task<Visitor> SignInAsync(Chromium chromium, string person, BrowserNewContextOptions? options = null)
    {
        var visitor = await ArriveAsync(chromium, options);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.Locator($"button[name=person][value='{person}']").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/inbox");
        return visitor;
    }

    public async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(new Uri(address, path).ToString()))!;

    public ILocator Row(string title) => Page.Locator("#inbox .row", new() { HasText = title });

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(complaints);
    }
}
