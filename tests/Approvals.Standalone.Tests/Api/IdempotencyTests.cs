using Approvals.Standalone.Sqlite;

namespace Approvals.Standalone.Tests.Api;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private const int LargePayload = 40_000;

    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_first_response_is_replayed_after_a_restart_too()
    {
        var first = (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("i"), "one")).Expect(202);
        await Stories.DecideAsync(_service, "mo", first.RequestId, "approve");
        foreach (var restart in new[] { false, true })
        {
            if (restart)
            {
                await _service.RestartAsync();
            }
            var again = (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("i"), "one")).Expect(202);
            Assert.True(again.Replayed);
            Assert.Equal((first.Text, first.Location, first.RetryAfter), (again.Text, again.Location, again.RetryAfter));
        }
    }

    [Fact]
    public async Task A_key_is_its_callers_own()
    {
        var mine = (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("i"), "shared")).Expect(202);
        var theirs = (await _service.As("rob").PostAsync("/gate", Stories.OneLevel("i"), "shared")).Expect(202);
        Assert.NotEqual(mine.RequestId, theirs.RequestId);
    }

    [Fact]
    public async Task A_key_used_for_another_address_is_refused()
    {
        var request = await Stories.PendingAsync(_service, "i");
        (await _service.As("mo").PostAsync($"/requests/{request}/comments", new { comment = "x" }, "key")).Expect(200);
        (await _service.As("mo").PostAsync($"/requests/{request}/decisions", new { comment = "x" }, "key")).Expect(422, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task Direct_requests_with_one_key_at_the_same_time_are_one()
    {
        var body = new
        {
            requestType = "action",
            title = "Same",
            payload = new { a = 1 },
            subject = new { type = "t", id = "1" },
            levels = new[] { new { name = "One", approvers = new[] { "user:mo" } } },
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _service.As("rae").PostAsync("/requests", body, "parallel")));
        Assert.Single(answers.Select(answer => answer.Expect(201).Id).Distinct());
        Assert.Single((await _service.As("rae").GetAsync("/requests?requester=rae")).Expect(200).Items);
        // Without a key they are two.
        (await _service.As("rae").PostAsync("/requests", body)).Expect(201);
        Assert.Equal(2, (await _service.As("rae").GetAsync("/requests?requester=rae")).Expect(200).Items.Length);
    }

    [Fact]
    public async Task A_refusal_is_replayed_too()
    {
        var request = await Stories.PendingAsync(_service, "i");
        var first = (await _service.As("rae").PostAsync($"/requests/{request}/decisions", new { decision = "approve" }, "no")).Expect(403);
        Assert.Equal(first.Text, (await _service.As("rae").PostAsync($"/requests/{request}/decisions", new { decision = "approve" }, "no")).Expect(403).Text);
    }

    [Fact]
    public async Task A_command_id_is_answered_once()
    {
        var request = await Stories.PendingAsync(_service, "c");
        var comment = new { comment = "Once.", commandId = "c-1" };
        (await _service.As("mo").PostAsync($"/requests/{request}/comments", comment)).Expect(200);
        (await _service.As("mo").PostAsync($"/requests/{request}/comments", comment)).Expect(200);
        var history = (await _service.As("mo").GetAsync($"/requests/{request}/history?limit=200")).Expect(200);
        Assert.Single(history.Items, item => item.GetProperty("action").GetString() == "commented");
        // A refused command keeps its receipt.
        var refused = new { decision = "approve", commandId = "c-2" };
        (await _service.As("fay").PostAsync("/inbox/decisions", new { items = new[] { new { requestId = request, decision = "approve" } } })).Expect(200);
        (await _service.As("rae").PostAsync($"/requests/{request}/decisions", refused)).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await _service.As("rae").PostAsync($"/requests/{request}/decisions", refused)).Expect(403, "APPROVAL_SELF_APPROVAL");
        history = (await _service.As("mo").GetAsync($"/requests/{request}/history?limit=200")).Expect(200);
        Assert.Single(history.Items, item => item.GetProperty("outcome").GetString() == "refused");
    }

    [Fact]
    public async Task A_command_id_is_its_senders_own()
    {
        var request = await Stories.PendingAsync(_service, "two");
        (await _service.As("mo").PostAsync($"/requests/{request}/comments", new { comment = "Mo's.", commandId = "1" })).Expect(200);
        (await _service.As("rae").PostAsync($"/requests/{request}/comments", new { comment = "Rae's.", commandId = "1" })).Expect(200);
        var history = (await _service.As("mo").GetAsync($"/requests/{request}/history?limit=200")).Expect(200);
        Assert.Equal(2, history.Items.Count(item => item.GetProperty("action").GetString() == "commented"));
    }

    [Fact]
    public async Task Payloads_are_not_kept_with_each_answer()
    {
        var request = (await _service.As("rae").PostAsync("/requests", Direct("One"), "start")).Expect(201).Id;
        var answers = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            answers.Add((await _service.As("mo").PostAsync($"/requests/{request}/comments", new { comment = $"{i}" }, $"c{i}")).Expect(200).Text);
        }

        Assert.All(answers, answer => Assert.True(answer.Length > LargePayload));
        using (var file = Connection.OpenReader(Path.Combine(_service.Home, "data", "approvals.db")))
        {
            Assert.InRange(file.Number("SELECT sum(length(body)) FROM response") ?? 0, 1, 61 * 2000);
        }

        // Another payload, and another process: the answers of before are those of before.
        (await _service.As("mo").PostAsync($"/requests/{request}/decisions", new { decision = "requestChanges", comment = "Smaller." })).Expect(200);
        (await _service.As("rae").PostAsync($"/requests/{request}/resubmission", new { payload = new { text = "small" } })).Expect(200);
        await _service.RestartAsync();
        for (var i = 0; i < 60; i += 20)
        {
            var again = (await _service.As("mo").PostAsync($"/requests/{request}/comments", new { comment = $"{i}" }, $"c{i}")).Expect(200);
            Assert.Equal((answers[i], true), (again.Text, again.Replayed));
        }
    }

    /// <summary>Beyond a length an answer is not kept but made again.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(9_000)]
    public async Task Many_decisions_with_one_key_are_replayed(int descriptionLength)
    {
        var requests = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            requests.Add((await _service.As("rae").PostAsync("/requests", Direct($"Many {i}", descriptionLength))).Expect(201).Id);
        }

        var items = new { items = requests.Select(requestId => new { requestId, decision = "approve" }) };
        var first = (await _service.As("mo").PostAsync("/inbox/decisions", items, "many")).Expect(200);
        Assert.True(first.Text.Length > 20 * LargePayload);
        var again = (await _service.As("mo").PostAsync("/inbox/decisions", items, "many")).Expect(200);
        Assert.Equal((first.Text, true), (again.Text, again.Replayed));
        (await _service.As("mo").PostAsync("/inbox/decisions", new { items = requests.Select(requestId => new { requestId, decision = "reject" }) }, "many"))
            .Expect(422, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task The_text_of_a_token_is_told_once()
    {
        var first = (await _service.As("adm").PostAsync("/tokens", new { person = "rae" }, "token")).Expect(201);
        Assert.StartsWith("apt_", first["token"].GetString(), StringComparison.Ordinal);
        var again = (await _service.As("adm").PostAsync("/tokens", new { person = "rae" }, "token")).Expect(201);
        Assert.Equal(first.Id, again.Id);
        Assert.False(again.Body.TryGetProperty("token", out _));
    }

    private static object Direct(string title, int descriptionLength = 10) => new
    {
        requestType = "action",
        actionType = "direct.thing",
        title,
        description = new string('d', descriptionLength),
        payload = new { text = new string('ü', LargePayload), nested = new { id = "n", payload = new { a = new string('x', 300) }, payloadHash = "0" } },
        subject = new { type = "t", id = title },
        levels = new[] { new { name = "One", approvers = new[] { "user:mo" } } },
    };
}
