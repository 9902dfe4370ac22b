using Approvals.Api;

namespace Approvals.Standalone.Tests.Api;

/// <summary>What somebody may not see answers exactly like what does not exist.</summary>
public sealed class VisibilityTests(VisibilityTests.Filled filled) : IClassFixture<VisibilityTests.Filled>
{
    public static TheoryData<string> ReadableRoutes => [.. ApiRoutes.All.Where(route => route.Method == "GET" && route.Path.Contains('{')).Select(route => route.Path)];

    public static TheoryData<string> WritableRoutes =>
        [.. ApiRoutes.All.Where(route => route.Method is "POST" or "DELETE" && route.Path.Contains('{')).Select(route => $"{route.Method} {route.Path}")];

    public static TheoryData<string> Lists =>
    [
        .. ApiRoutes.All.Where(route => route.Method == "GET" && !route.Path.Contains('{')).Select(route => route.Path)
            .Except(["/stream", "/audit/export", "/audit/verification", "/inbox/count", "/reports/sla", "/reports/controls", "/types"]),
    ];

    [Theory]
    [MemberData(nameof(ReadableRoutes))]
    public async Task Another_tenant_reads_nothing(string route)
    {
        var hidden = await filled.Service.As("eve", World.Other).GetAsync(filled.Address(route));
        var absent = await filled.Service.As("eve", World.Other).GetAsync(Filled.Absent(route));
        Same(absent.Expect(404, "APPROVAL_NOT_FOUND"), hidden);
    }

    [Theory]
    [MemberData(nameof(WritableRoutes))]
    public async Task Another_tenant_changes_nothing(string route)
    {
        var (method, path) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1]);
        var hidden = await SendAsync(method, filled.Address(path));
        var absent = await SendAsync(method, Filled.Absent(path));
        Same(absent.Expect(404, "APPROVAL_NOT_FOUND"), hidden);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Another_tenant_lists_only_its_own(string route)
    {
        var text = (await filled.Service.As("eve", World.Other).GetAsync(route)).Expect(200).Text;
        Assert.DoesNotContain(World.Tenant, text, StringComparison.Ordinal);
        Assert.DoesNotContain(filled.Request, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rae", 200)]
    [InlineData("mo", 200)]
    [InlineData("fay", 200)]
    [InlineData("aud", 200)]
    [InlineData("adm", 200)]
    [InlineData("mia", 200)]
    [InlineData("rob", 404)]
    [InlineData("bot", 404)]
    [InlineData("pol", 404)]
    public async Task A_request_is_seen_by_those_it_concerns(string person, int status)
    {
        (await filled.Service.As(person).GetAsync($"/requests/{filled.Request}")).Expect(status);
        (await filled.Service.As(person).GetAsync($"/gate/{filled.Request}")).Expect(status == 200 ? 202 : 404);
        (await filled.Service.As(person).GetAsync($"/requests/{filled.Request}/history")).Expect(status);
        (await filled.Service.As(person).GetAsync($"/requests/{filled.Request}/decision")).Expect(status);
    }

    [Theory]
    [InlineData("rae", true)]
    [InlineData("mo", true)]
    [InlineData("fay", true)]
    [InlineData("aud", true)]
    [InlineData("rob", false)]
    public async Task Lists_have_what_somebody_may_see(string person, bool seen)
    {
        var ids = (await filled.Service.As(person).GetAsync("/requests?limit=200")).Expect(200).Items.Select(item => item.GetProperty("id").GetString());
        Assert.Equal(seen, ids.Contains(filled.Request));
    }

    [Fact]
    public async Task A_later_approver_sees_but_may_not_decide_yet() =>
        (await Stories.DecideAsync(filled.Service, "fay", filled.Request, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");

    [Fact]
    public async Task A_draft_is_its_authors_own()
    {
        var draft = (await filled.Service.As("rae").PostAsync("/requests", new
        {
            requestType = "action",
            title = "Not yet",
            payload = new { },
            subject = new { type = "thing", id = "d" },
            levels = new[] { new { name = "One", approvers = new[] { "user:mo" } } },
            submit = false,
        })).Expect(201);
        (await filled.Service.As("mo").GetAsync($"/requests/{draft.Id}")).Expect(404);
        (await filled.Service.As("rae").PostAsync($"/requests/{draft.Id}/submission")).Expect(200);
        (await filled.Service.As("mo").GetAsync($"/requests/{draft.Id}")).Expect(200);
        var listed = (await filled.Service.As("mo").GetAsync("/requests?limit=200")).Expect(200).Items.Select(item => item.GetProperty("id").GetString());
        Assert.Contains(draft.Id, listed);
    }

    [Theory]
    [InlineData("/audit", "rae")]
    [InlineData("/audit/export", "mo")]
    [InlineData("/audit/verification", "pol")]
    [InlineData("/reports/sla", "rae")]
    [InlineData("/reports/controls", "bot")]
    [InlineData("/tokens", "aud")]
    [InlineData("/outbox/dead-letters", "aud")]
    [InlineData("/directory/people", "mo")]
    public async Task What_needs_a_role_is_refused_without_it(string path, string person) =>
        (await filled.Service.As(person).GetAsync(path)).Expect(403, "APPROVAL_NOT_AUTHORIZED");

    private Task<Answer> SendAsync(HttpMethod method, string path) => method == HttpMethod.Delete
        ? filled.Service.As("eve", World.Other).DeleteAsync(path)
        : filled.Service.As("eve", World.Other).PostAsync(path, new
        {
            decision = "approve",
            comment = "x",
            reason = "x",
            payload = new { },
            grant = "x",
            outcome = "succeeded",
            kind = "add",
            to = "eve",
        });

    private static void Same(Answer expected, Answer actual) => Assert.Equal(
        (expected.Status, expected.Text.Replace(expected["traceId"].GetString()!, "", StringComparison.Ordinal)),
        (actual.Status, actual.Text.Replace(actual["traceId"].GetString()!, "", StringComparison.Ordinal)));

    /// <summary>One of everything in the first tenant.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private string _delegation = "";
        private string _token = "";

        public Service Service { get; private set; } = null!;

        public string Request { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Service = await Service.StartAsync();
            Request = (await Service.As("rae").PostAsync("/gate", Stories.Bill("V-1"))).Expect(202).RequestId;
            _delegation = (await Service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(201).Id;
            _token = (await Service.As("adm").PostAsync("/tokens", new { person = "rae" })).Expect(201).Id;
        }

        public async Task DisposeAsync() => await Service.DisposeAsync();

        public string Address(string route) => route
            .Replace("{requestId}", Request, StringComparison.Ordinal)
            .Replace("{executionId}", "x", StringComparison.Ordinal)
            .Replace("{key}", World.Bill, StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal)
            .Replace("{id}", route switch
            {
                _ when route.StartsWith("/delegations", StringComparison.Ordinal) => _delegation,
                _ when route.StartsWith("/tokens", StringComparison.Ordinal) => _token,
                _ when route.StartsWith("/directory", StringComparison.Ordinal) => "fay",
                _ when route.StartsWith("/outbox", StringComparison.Ordinal) => "delivery",
                _ => Request,
            }, StringComparison.Ordinal);

        public static string Absent(string route) => route
            .Replace("{version}", "1", StringComparison.Ordinal)
            .Replace("{requestId}", "absent", StringComparison.Ordinal)
            .Replace("{executionId}", "absent", StringComparison.Ordinal)
            .Replace("{key}", "absent", StringComparison.Ordinal)
            .Replace("{id}", "absent", StringComparison.Ordinal);
    }
}
