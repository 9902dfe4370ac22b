using System.Text.RegularExpressions;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Approve links, from the message to the decision.</summary>
public sealed partial class LinkTests : IAsyncLifetime
{
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_pages_field_decides_without_a_cookie_once()
    {
        var request = await Stories.PendingAsync(_service, "link");
        var link = await LinkAsync(request);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _service.Http.BaseAddress };

        var page = await http.GetStringAsync(link);
        Assert.Equal("in_review", await StatusAsync(request));

        Assert.Equal(400, await PostAsync(http, link, new() { ["decision"] = "approve" }));
        Assert.Equal("in_review", await StatusAsync(request));

        var form = new Dictionary<string, string> { ["decision"] = "approve", ["__forgery"] = Field().Match(page).Groups[1].Value };
        Assert.Equal(200, await PostAsync(http, link, form));
        Assert.Equal("approved", await StatusAsync(request));
        Assert.Equal(410, await PostAsync(http, link, form));
    }

    private async Task<string> LinkAsync(string request)
    {
        string? link = null;
        await Eventually.Async(async () =>
        {
            link = (await _service.As("mo").GetAsync("/notifications")).Expect(200).Items
                .Where(item => item.GetProperty("requestId").GetString() == request)
                .Select(item => new Uri(item.GetProperty("link").GetString()!).AbsolutePath)
                .FirstOrDefault();
            return link is not null;
        });
        return link!;
    }

    private async Task<string?> StatusAsync(string request) => (await _service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString();

    private static async Task<int> PostAsync(HttpClient http, string link, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return (int)(await http.PostAsync(link, content)).StatusCode;
    }

    [GeneratedRegex("name=\"__forgery\" value=\"([^\"]+)\"")]
    private static partial Regex Field();
}
