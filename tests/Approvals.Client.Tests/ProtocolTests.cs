using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Client.Tests;

/// <summary>What the client makes of answers, also of hostile ones, and what it sends again.</summary>
public sealed class ProtocolTests
{
    private static readonly JsonElement Payload = JsonElement.Parse("""{"amount":100}""");
    private static readonly GatedAction Action = new("files.delete", "file", "a");

    [Theory]
    [InlineData(202, """{"outcome":"allowed"}""")]
    [InlineData(200, """{"outcome":"Allowed"}""")]
    [InlineData(200, """{"outcome":"approved","requestId":"r"}""")]
    [InlineData(200, """{"outcome":"approved","grant":{"token":"t","expiresAt":"2030-01-01T00:00:00Z"}}""")]
    [InlineData(200, """{"outcome":"granted"}""")]
    [InlineData(403, """{"outcome":"approved","requestId":"r","grant":{"token":"t","expiresAt":"2030-01-01T00:00:00Z"}}""")]
    [InlineData(409, """{"outcome":"executed","requestId":"r"}""")]
    [InlineData(409, """{"outcome":"revoked","requestId":"r"}""")]
    [InlineData(403, """{"outcome":"rejected","requestId":"r","reason":"No."}""")]
    public async Task Only_a_plain_yes_lets_an_action_pass(int status, string body)
    {
        var service = new Scripted((status, body));
        await Assert.ThrowsAsync<ApprovalDeniedException>(() => service.Client().RunAsync(Action, Payload, Never));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>allowed</html>")]
    [InlineData(200, "{")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, """{"outcome":7}""")]
    [InlineData(204, "")]
    [InlineData(302, "")]
    [InlineData(403, """{"code":"APPROVAL_NOT_AUTHORIZED"}""")]
    [InlineData(401, "")]
    public async Task An_answer_without_an_outcome_is_a_problem(int status, string body)
    {
        var service = new Scripted((status, body));
        var thrown = await Assert.ThrowsAsync<ApprovalProblemException>(() => service.Client().RunAsync(Action, Payload, Never));
        Assert.Equal(status, thrown.Problem.Status);
    }

    [Fact]
    public async Task A_problem_has_its_code_its_fields_and_its_trace()
    {
        var service = new Scripted((400, """
            {"title":"Invalid","detail":"See the fields.","code":"VALIDATION_FAILED","traceId":"t-1","fields":[{"pointer":"/payload","message":"Required."}]}
            """));
        var thrown = await Assert.ThrowsAsync<ApprovalProblemException>(() => service.Client().CheckAsync(Action, Payload));
        Assert.Equal("VALIDATION_FAILED", thrown.Code);
        Assert.Equal("t-1", thrown.Problem.TraceId);
        Assert.Equal([new("/payload", "Required.")], thrown.Problem.Fields);
    }

    [Fact]
    public async Task Nobody_decided_in_time_is_a_timeout_and_is_not_sent_again()
    {
        var service = new Scripted((408, """{"code":"APPROVAL_TIMEOUT","outcome":"expired","requestId":"r"}"""));
        await using var provider = service.Provider();
        await Assert.ThrowsAsync<ApprovalTimeoutException>(() => provider.GetRequiredService<ApprovalsClient>().RunAsync(Action, Payload, Never));
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task A_retry_repeats_the_idempotency_key()
    {
        var service = new Scripted((503, ""), (503, ""), (200, """{"outcome":"allowed"}"""));
        await using var provider = service.Provider();
        Assert.Equal(GateOutcome.Allowed, (await provider.GetRequiredService<ApprovalsClient>().CheckAsync(Action, Payload)).Outcome);
        Assert.Equal(3, service.Seen.Count);
        Assert.Single(service.Seen.Select(call => call.Key).Distinct());
        Assert.All(service.Seen, call => Assert.Equal("Bearer secret", call.Authorization));
    }

    [Fact]
    public async Task Two_checks_have_keys_of_their_own()
    {
        var service = new Scripted((200, """{"outcome":"allowed"}"""), (200, """{"outcome":"allowed"}"""));
        await service.Client().CheckAsync(Action, Payload);
        await service.Client().CheckAsync(Action, Payload);
        Assert.Equal(2, service.Seen.Select(call => call.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_claim_whose_answer_takes_long_is_followed()
    {
        var service = new Scripted(
            (202, "{}"), (200, """{"status":"pending"}"""), (200, """{"status":"done","executionId":"x-1"}"""))
        { Location = "/api/v1/requests/r/commands/c" };
        var execution = await service.Client().ClaimAsync("r", new Grant("t", DateTimeOffset.MaxValue), Payload);
        Assert.Equal("x-1", execution.ExecutionId);
        Assert.Equal("/api/v1/requests/r/commands/c", service.Seen[^1].Path);
    }

    [Fact]
    public async Task A_claim_that_is_refused_late_is_a_problem()
    {
        var service = new Scripted((202, "{}"), (200, """{"status":"refused","problem":{"code":"APPROVAL_ALREADY_EXECUTED"}}""")) { Location = "/api/v1/requests/r/commands/c" };
        var thrown = await Assert.ThrowsAsync<ApprovalProblemException>(() => service.Client().ClaimAsync("r", new Grant("t", DateTimeOffset.MaxValue), Payload));
        Assert.Equal("APPROVAL_ALREADY_EXECUTED", thrown.Code);
    }

    [Theory]
    [InlineData("http://evil.example/steal")]
    [InlineData("//evil.example/steal")]
    [InlineData(null)]
    public async Task An_address_elsewhere_is_not_followed(string? location)
    {
        var service = new Scripted((202, "{}")) { Location = location };
        await Assert.ThrowsAsync<ApprovalProblemException>(() => service.Client().ClaimAsync("r", new Grant("t", DateTimeOffset.MaxValue), Payload));
        Assert.Single(service.Seen);
    }

    [Theory]
    [InlineData("../requests", "/api/v1/gate/..%2Frequests")]
    [InlineData("a/b?c", "/api/v1/gate/a%2Fb%3Fc")]
    public async Task Ids_are_one_segment_of_the_path(string id, string path)
    {
        var service = new Scripted((200, """{"outcome":"pending","requestId":"r"}"""));
        await service.Client().GetAsync(id);
        Assert.Equal(path, service.Seen[0].Path);
    }

    [Theory]
    [InlineData("ftp://host/")]
    [InlineData("/relative")]
    [InlineData("http://host/?a=1")]
    public void An_address_that_is_none_is_refused_at_registration(string address) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddApprovalsClient(new Uri(address, UriKind.RelativeOrAbsolute)));

    [Fact]
    public async Task A_lost_report_does_not_fail_a_call_that_succeeded()
    {
        var service = new Scripted(
            (200, """{"outcome":"approved","requestId":"r","grant":{"token":"t","expiresAt":"2030-01-01T00:00:00Z"}}"""), (201, """{"executionId":"x"}"""), (500, ""));
        using var lines = new Lines();
        var client = new ApprovalsClient(service.Http(), logger: lines.Logger<ApprovalsClient>());
        Assert.Equal(5, await client.RunAsync(Action, Payload, (_, _) => Task.FromResult(5)));
        Assert.Contains(lines.All, line => line.StartsWith("Warning The outcome of execution x", StringComparison.Ordinal));
    }

    private static Task<int> Never(JsonElement payload, CancellationToken cancellation) => throw new InvalidOperationException("The action must not be executed.");

    /// <summary>A service that gives prepared answers in turn, the last one again and again.</summary>
    private sealed class Scripted(params (int Status, string Body)[] answers) : HttpMessageHandler
    {
        private int _next;

        public string? Location { get; init; }

        public List<(string Path, string? Key, string? Authorization)> Seen { get; } = [];

        public HttpClient Http() => new(this) { BaseAddress = new Uri("http://approvals.test/") };

        public ApprovalsClient Client() => new(Http());

        /// <summary>The client as an application registers it, retries without waiting.</summary>
        public ServiceProvider Provider()
        {
            var services = new ServiceCollection();
            services.AddApprovalsClient(new Uri("http://approvals.test"), (_, _) => ValueTask.FromResult("secret")).ConfigurePrimaryHttpMessageHandler(() => this);
            services.ConfigureAll<Microsoft.Extensions.Http.Resilience.HttpStandardResilienceOptions>(options => options.Retry.Delay = TimeSpan.Zero);
            return services.BuildServiceProvider();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add((request.RequestUri!.AbsolutePath, request.Headers.TryGetValues("Idempotency-Key", out var key) ? key.Single() : null, request.Headers.Authorization?.ToString()));
            var (status, body) = answers[Math.Min(_next++, answers.Length - 1)];
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (Location is not null)
            {
                response.Headers.TryAddWithoutValidation("Location", Location);
            }
            return Task.FromResult(response);
        }
    }
}
