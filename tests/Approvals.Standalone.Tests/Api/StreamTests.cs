using System.Net.Http.Headers;
using System.Text.Json;
using Approvals.Api;
using Approvals.Api.Handlers;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

public sealed class StreamTests : IAsyncLifetime
{
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Somebody_hears_of_what_they_may_see_and_of_nothing_else()
    {
        await using var mo = await Listener.OpenAsync(_service, "mo");
        await using var rob = await Listener.OpenAsync(_service, "rob");
        await using var eve = await Listener.OpenAsync(_service, "eve", World.Other);
        var request = await Stories.PendingAsync(_service, "s-1");
        var own = await Stories.PendingAsync(_service, "s-2", "rob");

        Assert.Equal(("approval.requested", request), (await mo.NextAsync()).Of());
        Assert.Equal(("approval.requested", own), (await mo.NextAsync()).Of());
        Assert.Equal(("approval.requested", own), (await rob.NextAsync()).Of());
        (await Stories.DecideAsync(_service, "mo", own, "approve")).Expect(200);
        Assert.Equal("approval.approved", (await rob.NextAsync()).Type);

        var theirs = (await _service.As("rae", World.Other).PostAsync("/requests", new
        {
            requestType = "action",
            title = "T",
            payload = new { },
            subject = new { type = "t", id = "1" },
            levels = new[] { new { name = "E", approvers = new[] { "user:eve" } } },
        })).Expect(201);
        Assert.Equal(("approval.requested", theirs.Id), (await eve.NextAsync()).Of());
    }

    [Fact]
    public async Task Whoever_comes_back_misses_nothing()
    {
        long last;
        await using (var first = await Listener.OpenAsync(_service, "mo"))
        {
            await Stories.PendingAsync(_service, "r-1");
            last = (await first.NextAsync()).Position;
        }
        var missed = await Stories.PendingAsync(_service, "r-2");
        await _service.RestartAsync();
        await using var again = await Listener.OpenAsync(_service, "mo", lastEventId: last);
        Assert.Equal(("approval.requested", missed), (await again.NextAsync()).Of());
    }

    [Fact]
    public async Task Whoever_was_away_too_long_reads_afresh()
    {
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton(new ApiOptions { MaxReplayed = 3 }));
        for (var i = 0; i < 5; i++)
        {
            await Stories.PendingAsync(service, $"gap-{i}");
        }
        await using var away = await Listener.OpenAsync(service, "mo", lastEventId: 1);
        var gap = await away.NextAsync();
        Assert.Equal("stream.gap", gap.Type);
        var next = await Stories.PendingAsync(service, "gap-next");
        Assert.Equal(("approval.requested", next), (await away.NextAsync()).Of());

        await using var near = await Listener.OpenAsync(service, "mo", lastEventId: gap.Position);
        Assert.Equal(("approval.requested", next), (await near.NextAsync()).Of());
    }

    [Fact]
    public async Task What_others_did_meanwhile_is_not_replayed()
    {
        for (var i = 0; i < 3; i++)
        {
            (await _service.As("rae", World.Other).PostAsync("/requests", new
            {
                requestType = "action",
                title = "T",
                payload = new { },
                subject = new { type = "t", id = $"{i}" },
                levels = new[] { new { name = "E", approvers = new[] { "user:eve" } } },
            })).Expect(201);
        }
        var own = await Stories.PendingAsync(_service, "own");
        await using var mo = await Listener.OpenAsync(_service, "mo", lastEventId: 0);
        Heard heard;
        do
        {
            heard = await mo.NextAsync();
        }
        while (heard.Type == "policy.published");
        Assert.Equal(("approval.requested", own), heard.Of());
    }

    [Fact]
    public async Task A_caller_has_a_bounded_number_of_streams()
    {
        var open = new List<Listener>();
        for (var i = 0; i < OpenCalls.MaxStreams; i++)
        {
            open.Add(await Listener.OpenAsync(_service, "mo"));
        }
        Assert.NotNull((await _service.As("mo").GetAsync("/stream")).Expect(429, "RATE_LIMITED").RetryAfter);
        await using var another = await Listener.OpenAsync(_service, "mia");
        foreach (var listener in open)
        {
            await listener.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_caller_has_a_bounded_number_of_calls_that_wait()
    {
        var request = await Stories.PendingAsync(_service, "poll");
        var waiting = Enumerable.Range(0, OpenCalls.MaxPolls + 1).Select(_ => _service.As("rae").GetAsync($"/gate/{request}?wait=30")).ToList();
        var refused = await Task.WhenAny(waiting);
        Assert.NotNull((await refused).Expect(429, "RATE_LIMITED").RetryAfter);
        waiting.Remove(refused);
        (await _service.As("rae").GetAsync($"/gate/{request}")).Expect(202);

        (await Stories.DecideAsync(_service, "mo", request, "approve")).Expect(200);
        Assert.All(await Task.WhenAll(waiting), answer => answer.Expect(200));
        (await _service.As("rae").GetAsync($"/gate/{request}?wait=1")).Expect(200);
    }

    [Fact]
    public async Task A_stream_ends_when_the_service_stops()
    {
        await using var listener = await Listener.OpenAsync(_service, "mo");
        var end = listener.NextAsync();
        await _service.RestartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => end);
    }

    [Fact]
    public async Task A_bad_position_is_refused() => (await _service.As("mo").SendAsync(HttpMethod.Get, "/stream", null, ("Last-Event-ID", "x"))).Expect(400, "VALIDATION_FAILED");

    private sealed record Heard(long Position, string Type, JsonElement Event)
    {
        public (string, string?) Of() => (Type, Event.GetProperty("data").GetProperty("requestId").GetString());
    }

    private sealed class Listener(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        public static async Task<Listener> OpenAsync(Service service, string person, string tenant = World.Tenant, long? lastEventId = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"dev.{tenant}.{person}");
            if (lastEventId is { } id)
            {
                request.Headers.Add("Last-Event-ID", $"{id}");
            }
            var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            // The greeting: from here on nothing is missed.
            Assert.StartsWith("retry:", await reader.ReadLineAsync().WaitAsync(Patience), StringComparison.Ordinal);
            return new Listener(response, reader);
        }

        public async Task<Heard> NextAsync()
        {
            var (id, type) = (0L, "");
            while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
                }
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    type = line[7..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return new Heard(id, type, JsonDocument.Parse(line[6..]).RootElement);
                }
            }
            throw new EndOfStreamException();
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return default;
        }
    }
}
