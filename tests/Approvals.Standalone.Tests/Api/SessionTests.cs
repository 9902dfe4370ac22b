using System.Net;
using System.Text.RegularExpressions;
using Approvals.Api.SignIn;
using Approvals.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Browsers' sessions: where their cookies go, and that they end.</summary>
public sealed partial class SessionTests
{
    /// <summary>The live stream of pages.</summary>
    private const string Stream = "/stream";

    [Fact]
    public async Task Where_the_public_address_is_https_browsers_use_nothing_else()
    {
        await using var service = await Service.StartAsync(["--Approvals:PublicUrl=https://localhost:7443"]);
        using var browser = new Browser(service);
        var cookies = await browser.SignInAsync("mo");

        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-approvals-session=", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-approvals-forgery=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        });
        foreach (var path in new[] { "/inbox", "/sign-in", "/api/v1/inbox", "/nothing", "/healthz" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        }
    }

    [Fact]
    public async Task On_this_machine_without_tls_cookies_are_plain()
    {
        await using var service = await Service.StartAsync();
        using var browser = new Browser(service);
        var cookies = await browser.SignInAsync("mo");

        Assert.Contains(cookies, cookie => cookie.StartsWith("approvals-session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
        using var answer = await browser.GetAsync("/inbox");
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Signed_out_a_copy_of_the_cookie_is_worth_nothing_in_any_process()
    {
        await using var service = await Service.StartAsync();
        using var browser = new Browser(service);
        using var other = new Browser(service);
        await browser.SignInAsync("mo");
        await other.SignInAsync("mo");
        using var copy = browser.Copy();
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/inbox")).StatusCode);

        await browser.SignOutAsync();
        Assert.Equal("/sign-in?return=%2Finbox", (await copy.GetAsync("/inbox")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/inbox")).StatusCode);

        await service.RestartAsync();
        using var copyElsewhere = browser.Copy(copy);
        Assert.Equal(HttpStatusCode.SeeOther, (await copyElsewhere.GetAsync("/inbox")).StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_with_its_session()
    {
        await using var service = await Service.StartAsync();
        using var browser = new Browser(service);
        await browser.SignInAsync("mo");
        using var response = await browser.OpenAsync(Stream);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.StartsWith("retry:", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);

        await browser.SignOutAsync();
        await Stories.PendingAsync(service, "after");
        var rest = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.DoesNotContain("approval.requested", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_sign_ins_are_written_down_some_a_minute()
    {
        var time = new ManualTime();
        using var lines = new Lines();
        var failed = new FailedSignIns(time, new LoggerFactory([lines]).CreateLogger<FailedSignIns>());
        var http = new DefaultHttpContext();
        failed.Record(http);
        Assert.Empty(lines.Written);

        http.Request.Headers.Authorization = "Bearer apt_wrong";
        for (var i = 0; i < 1000; i++)
        {
            failed.Record(http);
        }

        Assert.Equal(FailedSignIns.MaxLogged, lines.Written.Count);
        Assert.All(lines.Written, line => Assert.DoesNotContain("apt_wrong", line, StringComparison.Ordinal));
        time.Advance(TimeSpan.FromMinutes(1));
        failed.Record(http);
        Assert.Contains($"{1000 - FailedSignIns.MaxLogged} more", lines.Written[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_is_not_valid_is_written_down()
    {
        using var lines = new Lines();
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<ILoggerProvider>(lines));
        (await service.With(null).GetAsync("/inbox")).Expect(401);
        Assert.DoesNotContain(lines.Written, line => line.Contains("sign-in failed", StringComparison.Ordinal));

        (await service.With("Bearer dev.acme.nobody").GetAsync("/inbox")).Expect(401);
        Assert.Contains("127.0.0.1", Assert.Single(lines.Written, line => line.Contains("sign-in failed", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>Keeps cookies by hand: those for https are sent over the plain connection to the service, as by a proxy.</summary>
    private sealed partial class Browser(Service service) : IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service.Http.BaseAddress };
        private readonly Dictionary<string, string> _cookies = [];

        public Browser Copy(Browser? of = null)
        {
            var copy = new Browser(service);
            foreach (var (name, value) in (of ?? this)._cookies)
            {
                copy._cookies[name] = value;
            }

            return copy;
        }

        /// <summary>Gives every cookie that was set on the way.</summary>
        public async Task<List<string>> SignInAsync(string person)
        {
            var set = new List<string>();
            using var page = await GetAsync("/sign-in", set);
            using var answer = await PostAsync("/sign-in", page, set, ("tenant", World.Tenant), ("person", person), ("return", "/inbox"));
            Assert.Equal("/inbox", answer.Headers.Location?.OriginalString);
            return set;
        }

        public async Task SignOutAsync()
        {
            using var page = await GetAsync("/inbox");
            using var answer = await PostAsync("/sign-out", page, []);
            Assert.Equal("/sign-in", answer.Headers.Location?.OriginalString);
        }

        public Task<HttpResponseMessage> GetAsync(string path, List<string>? set = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), set, HttpCompletionOption.ResponseContentRead);

        public Task<HttpResponseMessage> OpenAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), null, HttpCompletionOption.ResponseHeadersRead);

        public void Dispose() => _http.Dispose();

        private async Task<HttpResponseMessage> PostAsync(string path, HttpResponseMessage page, List<string> set, params (string Name, string Value)[] fields)
        {
            var token = Field().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
            var content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("__forgery", token)]);
            return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, set, HttpCompletionOption.ResponseContentRead);
        }

        private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, List<string>? set, HttpCompletionOption completion)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var response = await _http.SendAsync(request, completion);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
            {
                set?.Add(cookie);
                var pair = cookie.Split(';')[0].Split('=', 2);
                _cookies[pair[0]] = pair[1];
            }

            return response;
        }

        [GeneratedRegex("name=\"__forgery\" value=\"([^\"]+)\"")]
        private static partial Regex Field();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _written = [];

        public IReadOnlyList<string> Written
        {
            get
            {
                lock (_written)
                {
                    return [.. _written];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_written)
            {
                _written.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
