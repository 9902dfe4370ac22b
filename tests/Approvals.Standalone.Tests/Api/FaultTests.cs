using System.Collections.Immutable;
using System.Net;
using Approvals.Audit;
using Approvals.Inbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Standalone.Data;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

/// <summary>What happens when something breaks, and when time passes.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_fault_is_told_without_its_details()
    {
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<IRequestStore>(new BrokenStore()));
        var answer = (await service.As("rae").GetAsync("/requests/x")).Expect(500, "INTERNAL_ERROR");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        (await service.As("rae").GetAsync("/requests")).Expect(500, "INTERNAL_ERROR");
        // The gate fails closed: no answer is no permission.
        (await service.As("rae").PostAsync("/gate", Stories.OneLevel("1"))).Expect(202);
    }

    [Fact]
    public async Task Without_room_nothing_is_taken_and_the_same_call_is_taken_later()
    {
        await using var service = await Service.StartAsync();
        var request = await Stories.PendingAsync(service, "before");
        var writer = service.Services.GetRequiredService<SqliteStorage>().Writer;
        var large = new { actionType = "one.thing", subject = new { type = "t", id = "large" }, payload = new { text = new string('x', 200_000) } };
        await writer.RunAsync(ledger => Limit(ledger, 1), default);
        var full = (await service.As("rae").PostAsync("/gate", large, "large")).Expect(503, "SERVICE_UNAVAILABLE");
        Assert.Equal("30", full.RetryAfter);
        (await service.As("mo").GetAsync($"/requests/{request}")).Expect(200);
        (await service.As("mo").GetAsync("/inbox")).Expect(200);

        await writer.RunAsync(ledger => Limit(ledger, 1_000_000), default);
        (await service.As("rae").PostAsync("/gate", large, "large")).Expect(202);
        (await Stories.DecideAsync(service, "mo", request, "approve")).Expect(200);
        Assert.True((await service.As("aud").GetAsync("/audit/verification")).Expect(200)["valid"].GetBoolean());
    }

    [Fact]
    public async Task A_page_tells_of_a_fault_even_where_no_form_can_be_drawn()
    {
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<ISecretKeys>(new FullKeys()));
        var answer = await service.Http.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static bool Limit(Ledger ledger, int pages)
    {
        ledger.Connection.Execute($"PRAGMA max_page_count = {pages}");
        return true;
    }

    [Fact]
    public async Task A_response_that_was_lost_is_found_again_by_its_key()
    {
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<IIdempotencyStore>(new ForgetfulStore()));
        var direct = new
        {
            requestType = "action",
            title = "Once",
            payload = new { a = 1 },
            subject = new { type = "t", id = "1" },
            levels = new[] { new { name = "One", approvers = new[] { "user:mo" } } },
        };
        var first = (await service.As("rae").PostAsync("/requests", direct, "lost")).Expect(201);
        Assert.Equal(first.Id, (await service.As("rae").PostAsync("/requests", direct, "lost")).Expect(201).Id);
        (await service.As("rae").PostAsync("/requests", new
        {
            requestType = "action",
            title = "Other",
            payload = new { a = 2 },
            subject = new { type = "t", id = "1" },
            levels = new[] { new { name = "One", approvers = new[] { "user:mo" } } },
        }, "lost")).Expect(422, "IDEMPOTENCY_KEY_REUSED");

        (await service.As("mo").PostAsync($"/requests/{first.Id}/comments", new { comment = "Once." }, "comment")).Expect(200);
        (await service.As("mo").PostAsync($"/requests/{first.Id}/comments", new { comment = "Once." }, "comment")).Expect(200);
        var history = (await service.As("mo").GetAsync($"/requests/{first.Id}/history?limit=200")).Expect(200);
        Assert.Single(history.Items, item => item.GetProperty("action").GetString() == "commented");

        var (request, grant) = await Stories.ApprovedAsync(service, "lost");
        var claim = new { grant, payload = new { id = "lost" } };
        var claimed = (await service.As("rae").PostAsync($"/gate/{request}/execution", claim, "claim")).Expect(201);
        var again = (await service.As("rae").PostAsync($"/gate/{request}/execution", claim, "claim")).Expect(201);
        Assert.Equal(claimed["executionId"].GetString(), again["executionId"].GetString());
        (await service.As("rae").PostAsync($"/gate/{request}/execution", claim, "another")).Expect(409, "APPROVAL_ALREADY_EXECUTED");

        var until = DateTimeOffset.UtcNow.AddDays(1);
        var lent = (await service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until }, "lend")).Expect(201);
        Assert.Equal(lent.Id, (await service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until }, "lend")).Expect(201).Id);
        var policy = new
        {
            key = "lost",
            name = "Lost",
            actionTypes = new[] { "lost" },
            levels = new[] { new { name = "L", approvers = new[] { "user:mo" } } },
        };
        Assert.Equal(1, (await service.As("pol").PostAsync("/policies", policy, "draft")).Expect(201)["version"].GetInt32());
        Assert.Equal(1, (await service.As("pol").PostAsync("/policies", policy, "draft")).Expect(201)["version"].GetInt32());
    }

    [Fact]
    public async Task A_grant_that_nobody_claimed_in_time_is_over()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<TimeProvider>(time));
        var (request, grant) = await Stories.ApprovedAsync(service, "over");
        time.Advance(TimeSpan.FromHours(25));
        var over = (await service.As("rae").GetAsync($"/gate/{request}")).Expect(409, "APPROVAL_GRANT_EXPIRED");
        Assert.Equal((request, "grant_expired"), (over.RequestId, over["outcome"].GetString()));
        Assert.Equal("approved", (await service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString());
        (await service.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "over" } })).Expect(409, "APPROVAL_GRANT_EXPIRED");
        Assert.NotEqual(request, (await service.As("rae").PostAsync("/gate", Stories.OneLevel("over"))).Expect(202).RequestId);
    }

    [Fact]
    public async Task An_execution_that_is_reported_late_no_longer_counts_as_unknown()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<TimeProvider>(time));
        var (request, grant) = await Stories.ApprovedAsync(service, "late");
        var execution = (await service.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "late" } })).Expect(201)["executionId"].GetString();
        var version = (await service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["version"].GetInt64();
        var unknown = service.Services.GetRequiredService<IRequestStore>().WaitAsync(World.Tenant, request, version, TimeSpan.FromDays(1), default);
        time.Advance(TimeSpan.FromHours(1));
        await unknown;
        Assert.Equal((1, "attention"), await FailedAsync(service));

        var result = $"/gate/{request}/execution/{execution}/result";
        (await service.As("mo").PostAsync(result, new { outcome = "failed" })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await service.As("rae").PostAsync(result, new { outcome = "succeeded" })).Expect(200);
        Assert.Equal((0, "ok"), await FailedAsync(service));
    }

    private static async Task<(int Count, string? Status)> FailedAsync(Service service)
    {
        var control = (await service.As("aud").GetAsync("/reports/controls?month=2026-03")).Expect(200).Items
            .Single(item => item.GetProperty("control").GetString() == "failed_executions");
        return (control.GetProperty("count").GetInt32(), control.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_delegation_ends_by_itself()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<TimeProvider>(time));
        var lent = (await service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = time.GetUtcNow().AddHours(1) })).Expect(201);
        var request = await Stories.PendingAsync(service, "1");
        time.Advance(TimeSpan.FromHours(2));
        (await Stories.DecideAsync(service, "mia", request, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        Assert.Equal((0, 1), (await WaitingAsync(service, "mia"), await WaitingAsync(service, "mo")));
        Assert.Equal("ended", (await service.As("mo").GetAsync($"/delegations/{lent.Id}")).Expect(200)["status"].GetString());
    }

    /// <summary>Items in somebody's inbox, which must be as many as are counted.</summary>
    private static async Task<int> WaitingAsync(Service service, string person)
    {
        var listed = (await service.As(person).GetAsync("/inbox")).Expect(200).Items.Length;
        Assert.Equal(listed, (await service.As(person).GetAsync("/inbox/count")).Expect(200)["count"].GetInt32());
        return listed;
    }

    private sealed class ForgetfulStore : IIdempotencyStore
    {
        public ValueTask<StoredResponse?> FindAsync(string tenant, string caller, string key, DateTimeOffset now, CancellationToken cancellation) => default;

        public ValueTask SaveAsync(string tenant, string caller, string key, StoredResponse response, CancellationToken cancellation) => default;
    }

    private sealed class FullKeys : ISecretKeys
    {
        public IReadOnlyList<ReadOnlyMemory<byte>> For(string purpose) => throw new DiskFullException(new IOException("full"));
    }

    private sealed class BrokenStore : IRequestStore
    {
        public ValueTask<StoredRequest?> FindAsync(string tenant, string requestId, CancellationToken cancellation) => throw Fault();

        public ValueTask<Snapshot?> FindSnapshotAsync(string tenant, string requestId, int number, CancellationToken cancellation) => throw Fault();

        public ValueTask<CommandStatus?> FindCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) => throw Fault();

        public ValueTask<Page<RequestSummary>> ListAsync(RequestQuery query, PageRequest page, CancellationToken cancellation) => throw Fault();

        public ValueTask<Page<StoredEntry>> HistoryAsync(string tenant, string requestId, PageRequest page, CancellationToken cancellation) => throw Fault();

        public ValueTask<Page<RequestSummary>> InboxAsync(InboxQuery query, PageRequest page, CancellationToken cancellation) => throw Fault();

        public ValueTask<InboxCount> CountInboxAsync(InboxQuery query, CancellationToken cancellation) => throw Fault();

        public ValueTask<StoredRequest?> WaitAsync(string tenant, string requestId, long version, TimeSpan wait, CancellationToken cancellation) => throw Fault();

        private static InvalidOperationException Fault() => new("a secret of the inside");
    }
}
