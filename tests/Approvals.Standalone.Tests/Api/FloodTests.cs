namespace Approvals.Standalone.Tests.Api;

/// <summary>An agent that asks without end is held up, and nobody else.</summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const int Most = 3;

    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync([$"--Approvals:MostOpenPerAgent={Most}"]);

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Beyond_the_limit_of_open_requests_an_agent_is_told_to_come_back()
    {
        var first = await FillAsync();
        var refused = (await _service.As("bot").PostAsync("/gate", Stories.OneLevel("more"), "key")).Expect(429, "TOO_MANY_OPEN");
        Assert.Equal("60", refused.RetryAfter);

        // What it asked for already is still answered, and others are not held up.
        Assert.Equal(first, (await _service.As("bot").PostAsync("/gate", Stories.OneLevel("0"))).Expect(202).RequestId);
        (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("more"))).Expect(202);

        // The same call with the same key is taken once there is room.
        (await Stories.DecideAsync(_service, "mo", first, "reject", "No.")).Expect(200);
        (await _service.As("bot").PostAsync("/gate", Stories.OneLevel("more"), "key")).Expect(202);
        (await _service.As("bot").PostAsync("/gate", Stories.OneLevel("still more"))).Expect(429, "TOO_MANY_OPEN");
    }

    [Fact]
    public async Task Direct_requests_and_those_by_mcp_are_counted_with_them()
    {
        await FillAsync();
        var direct = new
        {
            requestType = "action",
            actionType = "one.thing",
            title = "More",
            payload = new { a = 1 },
            subject = new { type = "t", id = "1" },
            submit = false,
        };
        (await _service.As("bot").PostAsync("/requests", direct)).Expect(429, "TOO_MANY_OPEN");
        var card = (await _service.As("bot").PostAsync("/copilot/tools/request_approval", Stories.OneLevel("more"))).Text;
        Assert.Contains("TOO_MANY_OPEN", card, StringComparison.Ordinal);
    }

    private async Task<string> FillAsync()
    {
        var ids = new List<string>();
        for (var i = 0; i < Most; i++)
        {
            ids.Add(await Stories.PendingAsync(_service, $"{i}", "bot"));
        }

        return ids[0];
    }
}
