using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Approve links, from the message to the decision.</summary>
public sealed partial class LinkTests : IAsyncLifetime
{
    /// <summary>Whoever may hold the link, with what opening it and answering by it gives where the tenant wants a sign-in, and where it does not.</summary>
    private static readonly (string? Person, int[] Wanted, int[] NotWanted)[] Matrix =
    [
        (null, [200, 401], [200, 200]),
        ("acme.mo", [200, 200], [200, 200]),
        ("acme.rae", [403, 403], [403, 403]),
        ("acme.mia", [403, 403], [403, 403]),
        ("acme.adm", [403, 403], [403, 403]),
        ("acme.bot", [403, 403], [403, 403]),
        ("globex.eve", [403, 403], [403, 403]),
        ("acme.nobody", [200, 401], [200, 200]),
    ];

    private Service _service = null!;
    private readonly Notes _notes = new();

    public async Task InitializeAsync() => _service = await Service.StartAsync(
        ["--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace"], services => services.AddSingleton<ILoggerProvider>(_notes));

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_pages_field_decides_without_a_cookie_once()
    {
        await TurnSignInOffAsync();
        var request = await Stories.PendingAsync(_service, "link");
        var link = await LinkAsync(request);
        using var http = Browser();

        var page = await http.GetStringAsync(link);
        Assert.Equal("in_review", await StatusAsync(request));

        Assert.Equal(400, await PostAsync(http, link, new() { ["decision"] = "approve" }));
        Assert.Equal("in_review", await StatusAsync(request));

        var form = new Dictionary<string, string> { ["decision"] = "approve", ["__forgery"] = Field().Match(page).Groups[1].Value };
        Assert.Equal(200, await PostAsync(http, link, form));
        Assert.Equal("approved", await StatusAsync(request));
        Assert.Equal(410, await PostAsync(http, link, form));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_answers_for_its_own_person_only(bool wanted)
    {
        if (!wanted)
        {
            await TurnSignInOffAsync();
        }
        foreach (var (person, signInWanted, notWanted) in Matrix)
        {
            foreach (var cookie in person is null or "acme.nobody" ? [false] : new[] { false, true })
            {
                var request = await Stories.PendingAsync(_service, $"link-{person}-{cookie}");
                var link = await LinkAsync(request);
                using var http = Browser();
                if (cookie)
                {
                    await SignInAsync(http, person!);
                }
                else if (person is not null)
                {
                    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"dev.{person}");
                }

                var expected = wanted ? signInWanted : notWanted;
                var (opened, page) = await ReadAsync(await http.GetAsync(link));
                var form = new Dictionary<string, string> { ["decision"] = "approve", ["__forgery"] = await ForgeryAsync(link) };
                using var content = new FormUrlEncodedContent(form);
                var (answered, after) = await ReadAsync(await http.PostAsync(link, content));

                Assert.Equal((person, cookie, expected[0], expected[1]), (person, cookie, opened, answered));
                Assert.Equal(answered == 200 ? "approved" : "in_review", await StatusAsync(request));
                if (expected[1] == 401)
                {
                    Assert.All(new[] { page, after }, html => Assert.Contains($"link-{person}-{cookie}", html, StringComparison.Ordinal));
                    Assert.All(new[] { page, after }, html => Assert.DoesNotContain("name=\"decision\"", html, StringComparison.Ordinal));
                    Assert.Contains($"href=\"{link}/sign-in\"", after, StringComparison.Ordinal);
                }
                if (opened == 403)
                {
                    Assert.All(new[] { page, after }, html => Assert.DoesNotContain($"link-{person}-{cookie}", html, StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public async Task The_sign_in_of_a_link_leads_back_to_it()
    {
        var request = await Stories.PendingAsync(_service, "back");
        var link = await LinkAsync(request);
        using var http = Browser();
        var page = await http.GetStringAsync($"{link}/sign-in");
        Assert.Equal(link, Return().Match(page).Groups[1].Value);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__forgery"] = Field().Match(page).Groups[1].Value,
            ["tenant"] = "acme",
            ["person"] = "mo",
            ["return"] = link,
        });
        using var answer = await http.PostAsync("/sign-in", form);
        Assert.Equal((303, link), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Contains("name=\"decision\"", await http.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_replaced_is_not_decided_by_its_link()
    {
        var request = await Stories.PendingAsync(_service, "replaced");
        var link = await LinkAsync(request);
        using var http = Browser();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev.acme.mo");
        var form = new Dictionary<string, string> { ["decision"] = "approve", ["__forgery"] = await ForgeryAsync(link) };
        form["payloadHash"] = new string('0', 64);
        Assert.Equal(410, await PostAsync(http, link, form));
        (await Stories.DecideAsync(_service, "mo", request, "requestChanges", "Smaller.")).Expect(200);
        (await _service.As("rae").PostAsync($"/requests/{request}/resubmission", new { payload = new { id = "replaced", amount = 5_000_000 } })).Expect(200);
        Assert.Equal(410, await PostAsync(http, link, form));
        Assert.Equal("in_review", await StatusAsync(request));
    }

    [Fact]
    public async Task A_removed_persons_link_is_no_longer_valid()
    {
        var request = await Stories.PendingAsync(_service, "removed");
        var link = await LinkAsync(request);
        (await _service.As("adm").DeleteAsync("/directory/people/mo")).Expect(204);
        using var http = Browser();
        Assert.Equal(410, (int)(await http.GetAsync(link)).StatusCode);
        Assert.Equal(410, await PostAsync(http, link, new() { ["decision"] = "approve" }));
        Assert.Equal("in_review", await StatusAsync(request));
    }

    [Fact]
    public async Task No_span_and_no_log_has_the_token()
    {
        var noted = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || source.Name == "Approvals",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => noted.Enqueue($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(each => each.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        try
        {
            await _service.RestartAsync();
            var link = await LinkAsync(await Stories.PendingAsync(_service, "noted"));
            var token = link["/a/".Length..];
            using var http = Browser();
            foreach (var path in new[] { link, $"/A/{token}", $"{link}?full=1", $"{link}/sign-in", $"{link}/else", $"/a//{token}" })
            {
                using var page = await http.GetAsync(path);
                Assert.Equal("no-referrer", page.Headers.TryGetValues("Referrer-Policy", out var policy) ? policy.Single() : "no-referrer");
            }
            using (await http.PutAsync(link, new StringContent("x")))
            {
                await PostAsync(http, link, new() { ["decision"] = "approve" });
            }

            Assert.Contains(noted, span => span.Contains("/a/{token}", StringComparison.Ordinal));
            Assert.Equal([], noted.Where(span => span.Contains(token, StringComparison.Ordinal)));
            Assert.NotEmpty(_notes.All);
            Assert.Equal([], _notes.All.Where(note => note.Contains(token, StringComparison.Ordinal)));
        }
        finally
        {
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        }
    }

    private async Task TurnSignInOffAsync()
    {
        var file = Path.Combine(_service.Home, "directory.json");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("\"id\": \"acme\",", "\"id\": \"acme\", \"requireSignInForLinks\": false,", StringComparison.Ordinal));
        await _service.RestartAsync();
    }

    private HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _service.Http.BaseAddress };

    private static async Task SignInAsync(HttpClient http, string persona)
    {
        var page = await http.GetStringAsync("/sign-in");
        var parts = persona.Split('.');
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__forgery"] = Field().Match(page).Groups[1].Value,
            ["tenant"] = parts[0],
            ["person"] = parts[1],
        });
        using var answer = await http.PostAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    /// <summary>The field of the page that the link's own person gets.</summary>
    private async Task<string> ForgeryAsync(string link)
    {
        using var http = Browser();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev.acme.mo");
        return Field().Match(await http.GetStringAsync(link)).Groups[1].Value;
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
        using var answer = await http.PostAsync(link, content);
        return (int)answer.StatusCode;
    }

    private static async Task<(int Status, string Page)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex("name=\"__forgery\" value=\"([^\"]+)\"")]
    private static partial Regex Field();

    [GeneratedRegex("name=\"return\" value=\"([^\"]+)\"")]
    private static partial Regex Return();

    /// <summary>Everything that is logged, however little it matters.</summary>
    private sealed class Notes : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            All.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
