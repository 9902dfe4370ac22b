using Approvals.Api.Problems;
using Approvals.Chains;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Every code of the table comes back where it should, as a whole problem.</summary>
public sealed class ProblemTests(ProblemTests.Running running) : IClassFixture<ProblemTests.Running>
{
    private static readonly Dictionary<string, Func<Service, Task<Answer>>> Ways = new(StringComparer.Ordinal)
    {
        [RefusalCode.ValidationFailed] = s => s.As("rae").PostAsync("/gate", new { }),
        [RefusalCode.PolicyInvalid] = s => s.As("pol").PostAsync("/policies", new { key = "x", name = "X", actionTypes = new[] { "x" }, when = "payload.a >", levels = Array.Empty<object>() }),
        [RefusalCode.InvalidLevel] = s => s.As("rae").PostAsync("/requests", Direct(Array.Empty<object>())),
        [RefusalCode.ReasonRequired] = async s => await Stories.DecideAsync(s, "mo", await Stories.PendingAsync(s, "reason"), "reject", "  "),
        [ApiCode.SignInRequired] = s => s.With(null).GetAsync("/inbox"),
        [RefusalCode.NotAuthorized] = async s => await Stories.DecideAsync(s, "aud", await Stories.PendingAsync(s, "not-mine"), "approve"),
        [RefusalCode.SelfApproval] = async s => await Stories.DecideAsync(s, "rae", await Stories.PendingAsync(s, "self"), "approve"),
        [RefusalCode.AgentForbidden] = async s => await Stories.DecideAsync(s, "bot", await Stories.PendingAsync(s, "agent", "bot"), "approve"),
        [RefusalCode.AssuranceRequired] = async s =>
        {
            var level = new { name = "Sure", approvers = new[] { "user:mo" }, assurance = "passkey" };
            var request = (await s.As("rae").PostAsync("/requests", Direct(new[] { level }))).Expect(201).Id;
            var answer = await Stories.DecideAsync(s, "mo", request, "approve");
            Assert.Equal("passkey", answer["required"].GetString());
            return answer;
        },
        [RefusalCode.Denied] = async s =>
        {
            await Stories.DecideAsync(s, "mo", await Stories.PendingAsync(s, "denied"), "reject", "No.");
            return await s.As("rae").PostAsync("/gate", Stories.OneLevel("denied"));
        },
        [RefusalCode.NotFound] = s => s.As("rae").GetAsync("/requests/absent"),
        [ApiCode.MethodNotAllowed] = s => s.As("rae").DeleteAsync("/gate"),
        [RefusalCode.Timeout] = async s => await s.As("rae").GetAsync(
            $"/gate/{(await s.As("rae").PostAsync("/gate", Stories.OneLevel("late", "quick.expiry"))).Expect(202).RequestId}?wait=30"),
        [RefusalCode.AlreadyDecided] = async s =>
        {
            var (request, _) = await Stories.ApprovedAsync(s, "decided");
            return await Stories.DecideAsync(s, "mo", request, "reject", "Too late.");
        },
        [RefusalCode.AlreadyWithdrawn] = async s =>
        {
            var request = await Stories.PendingAsync(s, "withdrawn");
            (await s.As("rae").PostAsync($"/requests/{request}/withdrawal")).Expect(200);
            return await s.As("rae").PostAsync($"/requests/{request}/withdrawal");
        },
        [RefusalCode.PayloadChanged] = async s =>
        {
            var (request, grant) = await Stories.ApprovedAsync(s, "changed");
            return await s.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "other" } });
        },
        [RefusalCode.StaleView] = async s =>
        {
            var request = await Stories.PendingAsync(s, "stale-view");
            return await s.As("mo").PostAsync($"/requests/{request}/decisions", new { decision = "approve", payloadHash = new string('0', 64) });
        },
        [RefusalCode.AlreadyExecuted] = async s =>
        {
            var (request, grant) = await Stories.ApprovedAsync(s, "executed");
            (await s.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "executed" } })).Expect(201);
            return await s.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "executed" } });
        },
        [RefusalCode.DelegationCycle] = async s =>
        {
            var until = DateTimeOffset.UtcNow.AddDays(1);
            (await s.As("fay").PostAsync("/delegations", new { @delegate = "fox", until })).Expect(201);
            return await s.As("fox").PostAsync("/delegations", new { @delegate = "fay", until });
        },
        [RefusalCode.InvalidState] = async s => await s.As("rae").PostAsync($"/requests/{await Stories.PendingAsync(s, "state")}/submission"),
        [RefusalCode.PayloadTooLarge] = s => s.As("rae").PostAsync("/gate", new string(' ', 1_048_577)),
        [ApiCode.UnsupportedMediaType] = s => s.As("rae").SendAsync(HttpMethod.Post, "/gate", new StringContent("x")),
        [RefusalCode.IdempotencyKeyReused] = async s =>
        {
            await s.As("rae").PostAsync("/gate", Stories.OneLevel("key-1"), "reused");
            return await s.As("rae").PostAsync("/gate", Stories.OneLevel("key-2"), "reused");
        },
    };

    /// <summary>Codes that have tests of their own, or that no call can bring about.</summary>
    private static readonly string[] Elsewhere =
        [ApiCode.CrossSite, ApiCode.TokenScopeMissing, RefusalCode.GrantExpired, RefusalCode.LinkInvalid, RefusalCode.RateLimited, RefusalCode.TooManyOpen, ApiCode.AddressTooLong, ApiCode.HeadersTooLarge, ApiCode.TooSlow,
            ApiCode.InternalError, ApiCode.Unavailable];

    public static TheoryData<string> Codes => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_code_comes_with_its_status_and_a_whole_problem(string code)
    {
        var kind = ProblemKind.Of(code);
        var answer = (await Ways[code](running.Service)).Expect(kind.Status, code);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal((kind.Type, kind.Title, kind.Status), (answer["type"].GetString(), answer["title"].GetString(), answer["status"].GetInt32()));
        Assert.Matches("^[0-9a-f]{32}$", answer["traceId"].GetString());
        Assert.NotEqual("", answer["detail"].GetString());
    }

    [Fact]
    public void No_code_is_left_out() =>
        Assert.Equal(ProblemKind.All.Select(kind => kind.Code).Order(StringComparer.Ordinal), Ways.Keys.Concat(Elsewhere).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_callers_trace_id_is_kept()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var answer = await running.Service.As("rae").SendAsync(HttpMethod.Get, "/requests/absent", null, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
        Assert.Equal(trace, answer.Expect(404)["traceId"].GetString());
    }

    private static object Direct(object levels) =>
        new { requestType = "action", title = "T", payload = new { }, subject = new { type = "t", id = "1" }, levels };

    public sealed class Running : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync();

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
