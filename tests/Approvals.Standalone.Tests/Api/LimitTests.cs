using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Web.Hosting;

namespace Approvals.Standalone.Tests.Api;

/// <summary>The same limits at every entrance: what is just inside is taken, what is just outside is refused and leaves nothing behind.</summary>
public sealed class LimitTests(LimitTests.Running running) : IClassFixture<LimitTests.Running>
{
    private static readonly string[] CreatingEntrances = ["gate", "requests", "tool", "mcp", "page"];

    private static readonly string[] TextEntrances =
    [
        "approve", "reject", "requestChanges", "bulk", "comment", "withdraw", "reassign", "add", "override",
        "approve page", "reject page", "requestChanges page", "bulk page", "comment page", "withdraw page", "reassign page", "add page", "override page", "link",
    ];

    /// <summary>By field: what is just inside, and what is just outside.</summary>
    private static readonly Dictionary<string, (string Inside, string[] Outside)> Limits = new()
    {
        ["actionType"] = ("one." + new string('a', 196), ["one." + new string('a', 197), "one.\u0001", "one.a b", "one..a"]),
        ["subjectType"] = (new string('t', 200), [new string('t', 201), "a\u0000b"]),
        ["subjectId"] = (new string('1', 200), [new string('1', 201), new string('1', 300_000), "a\u001bb"]),
        ["title"] = (new string('t', 500), [new string('t', 501), "Pay\u0007"]),
        ["description"] = (new string('d', 10_000), [new string('d', 10_001), "a\u0001b"]),
        ["size"] = (Sized(256 * 1024), [Sized((256 * 1024) + 1)]),
        ["depth"] = (Deep(64), [Deep(65)]),
        ["number"] = ("""{"n":9007199254740991}""", ["""{"n":9007199254740993}""", """{"n":0.1234567890123456789}""", """{"n":1e999}"""]),
    };

    public static IEnumerable<object[]> Creating => from entrance in CreatingEntrances from limit in Limits.Keys select new object[] { entrance, limit };

    public static TheoryData<string> Texts => new(TextEntrances);

    [Theory]
    [MemberData(nameof(Creating))]
    public async Task A_request_is_taken_within_the_limits_only(string entrance, string field)
    {
        var (inside, outside) = Limits[field];
        var before = await TrailAsync();
        foreach (var value in outside)
        {
            var status = await CreateAsync(entrance, field, value);
            Assert.True(status == (field == "size" ? 413 : 400) || (entrance == "page" && status == 400), $"{status} for {value[..Math.Min(20, value.Length)]}");
        }
        Assert.Equal(before, await TrailAsync());
        Assert.InRange(await CreateAsync(entrance, field, inside), 200, 303);
        Assert.NotEqual(before, await TrailAsync());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_is_taken_within_the_limits_only(string entrance)
    {
        var request = await Stories.PendingAsync(running.Service, $"text {entrance}");
        if (entrance.StartsWith("override", StringComparison.Ordinal))
        {
            (await Stories.DecideAsync(running.Service, "mo", request, "reject", "No")).Expect(200);
        }
        var send = await EnteringAsync(entrance, request);
        var before = await HistoryAsync(request);
        foreach (var text in (string[])[new string('c', 10_001), new string('c', 800_000), "Well\u0001", "\u001b[31mred"])
        {
            Assert.Equal(400, await send(text));
        }
        Assert.Equal(before, await HistoryAsync(request));
        Assert.InRange(await send(new string('c', 9_990) + "\r\n\tafter"), 200, 303);
        Assert.NotEqual(before, await HistoryAsync(request));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("page")]
    public async Task A_delegation_is_taken_within_the_limits_only(string entrance)
    {
        var before = await TrailAsync();
        foreach (var (reason, to) in ((string, string)[])[(new string('r', 501), "fox"), ("a\u0001b", "fox"), ("Away", new string('x', 300_000)), ("Away", "f\u0001")])
        {
            Assert.Equal(400, await DelegateAsync(entrance, to, reason));
        }
        Assert.Equal(before, await TrailAsync());
        Assert.InRange(await DelegateAsync(entrance, "fox", new string('r', 500)), 201, 303);
    }

    [Theory]
    [InlineData("name", "X\nY")]
    [InlineData("department", "\u001b[31m")]
    public async Task A_persons_texts_have_no_control_characters(string member, string text)
    {
        var person = new JsonObject { ["name"] = "Xi", [member] = text };
        (await running.Service.As("adm").PutAsync("/directory/people/xi", person.ToJsonString())).Expect(400, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_resubmission_is_taken_within_the_limits_only()
    {
        var request = await Stories.PendingAsync(running.Service, "again");
        (await Stories.DecideAsync(running.Service, "mo", request, "requestChanges", "Mend it")).Expect(200);
        var before = await HistoryAsync(request);
        foreach (var field in (string[])["title", "description", "size", "depth", "number"])
        {
            foreach (var value in Limits[field].Outside)
            {
                Assert.Contains((await ResubmitAsync(request, field, value)).Status, (int[])[400, 413]);
                if (field is "size" or "depth" or "number")
                {
                    using var pages = new Pages(running.Service, "rae");
                    Assert.Equal(field == "size" ? 409 : 400, await pages.SendAsync($"/requests/{request}", $"/requests/{request}/resubmission", ("payload", value)));
                }
            }
        }
        Assert.Equal(before, await HistoryAsync(request));
        (await ResubmitAsync(request, "title", Limits["title"].Inside)).Expect(200);
    }

    private async Task<int> CreateAsync(string entrance, string field, string value)
    {
        var id = Guid.NewGuid().ToString("N");
        string Of(string name, string otherwise) => field == name ? value : otherwise;
        var (action, type, subject, title, description) = (Of("actionType", "one.thing"), Of("subjectType", "thing"), Of("subjectId", id), Of("title", "Buy"), Of("description", "It"));
        var payload = field is "size" or "depth" or "number" ? value : $$"""{"id":"{{id}}"}""";
        var text = new { title, description, subject = new { type, id = subject } };
        var body = JsonSerializer.Serialize(text)[..^1] + $",\"actionType\":{JsonSerializer.Serialize(action)},\"payload\":{payload}}}";
        var rae = running.Service.As("rae");
        switch (entrance)
        {
            case "gate":
                return (await rae.PostAsync("/gate", body)).Status;
            case "requests":
                return (await rae.PostAsync("/requests", body[..^1] + ",\"requestType\":\"action\"}")).Status;
            case "tool":
                return (await rae.PostAsync("/copilot/tools/request_approval", body)).Status;
            case "mcp":
                using (var call = new StringContent($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"request_approval","arguments":{{{body}}}}}""", System.Text.Encoding.UTF8, "application/json"))
                using (var message = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = call })
                {
                    message.Headers.Add("Authorization", $"Bearer dev.{World.Tenant}.rae");
                    message.Headers.Add("Accept", "application/json, text/event-stream");
                    using var response = await running.Service.Http.SendAsync(message);
                    var answer = await response.Content.ReadAsStringAsync();
                    return answer.Contains("PAYLOAD_TOO_LARGE", StringComparison.Ordinal) ? 413
                        : answer.Contains("VALIDATION_FAILED", StringComparison.Ordinal) ? 400
                        : answer.Contains("\"isError\":true", StringComparison.Ordinal) ? 500
                        : (int)response.StatusCode;
                }
            default:
                using (var pages = new Pages(running.Service, "rae"))
                {
                    return await pages.SendAsync(
                        "/requests/new?type=action", "/requests/new?type=action", ("actionType", action), ("subjectType", type), ("subjectId", subject), ("title", title), ("description", description), ("payload", payload));
                }
        }
    }

    /// <summary>Sends a text by an entrance to the request; gives the status.</summary>
    private async Task<Func<string, Task<int>>> EnteringAsync(string entrance, string request)
    {
        if (entrance == "link")
        {
            var link = await LinkAsync(request);
            return async text =>
            {
                using var mo = new Pages(running.Service, "mo");
                return await mo.SendAsync(link, link, ("decision", "approve"), ("comment", text));
            };
        }
        var word = entrance.Split(' ')[0];
        var person = word switch { "withdraw" => "rae", "override" => "ove", _ => "mo" };
        var (path, texts, more) = word switch
        {
            "comment" => ("comments", "comment", []),
            "withdraw" => ("withdrawal", "reason", []),
            "override" => ("override", "reason", []),
            "reassign" or "add" => ("assignments", "reason", [("kind", word), ("to", "mia")]),
            _ => ("decisions", "comment", new (string, string)[] { ("decision", word == "bulk" ? "approve" : word) }),
        };
        if (entrance.EndsWith("page", StringComparison.Ordinal))
        {
            var seen = (await running.Service.As("mo").GetAsync($"/requests/{request}")).Expect(200)["payloadHash"].GetString()!;
            return async text =>
            {
                using var pages = new Pages(running.Service, person);
                if (word == "bulk")
                {
                    await pages.SendAsync("/inbox", "/inbox/decisions", ("decision", "approve"), ("item", new Seen(request, seen).ToString()), ("comment", text));
                    return await StatusAsync(request) == "approved" ? 200 : 400;
                }
                return await pages.SendAsync(
                    $"/requests/{request}", $"/requests/{request}/{(path == "decisions" ? "decision" : path)}", [.. more, (texts, text), (Seen.Field, seen)]);
            };
        }
        return async text =>
        {
            var body = new JsonObject { [texts] = text };
            foreach (var (name, value) in more)
            {
                body[name] = value;
            }
            if (word != "bulk")
            {
                return (await running.Service.As(person).PostAsync($"/requests/{request}/{path}", body.ToJsonString())).Status;
            }
            body["requestId"] = request;
            var answer = await running.Service.As(person).PostAsync("/inbox/decisions", new JsonObject { ["items"] = new JsonArray(body) }.ToJsonString());
            return answer.Status == 200 ? answer.Items[0].GetProperty("status").GetInt32() : answer.Status;
        };
    }

    private async Task<int> DelegateAsync(string entrance, string to, string reason)
    {
        if (entrance == "api")
        {
            return (await running.Service.As("fay").PostAsync(
                "/delegations", new Dictionary<string, object> { ["delegate"] = to, ["reason"] = reason, ["actionTypes"] = (string[])["*"], ["from"] = "2026-01-01T00:00:00Z", ["until"] = "2100-01-01T00:00:00Z" })).Status;
        }
        using var pages = new Pages(running.Service, "fay");
        return await pages.SendAsync("/delegations", "/delegations", ("delegate", to), ("reason", reason), ("from", "2026-01-01T00:00"), ("until", "2100-01-01T00:00"));
    }

    private Task<Answer> ResubmitAsync(string request, string field, string value) => running.Service.As("rae").PostAsync(
        $"/requests/{request}/resubmission",
        field is "title" or "description" ? $$"""{"payload":{"id":"again"},"{{field}}":{{JsonSerializer.Serialize(value)}}}""" : $$"""{"payload":{{value}}}""");

    private async Task<string> LinkAsync(string request)
    {
        string? link = null;
        await Eventually.Async(async () =>
        {
            link = (await running.Service.As("mo").GetAsync("/notifications")).Expect(200).Items
                .Where(item => item.GetProperty("requestId").GetString() == request && item.GetProperty("link").GetString()!.Contains("/a/", StringComparison.Ordinal))
                .Select(item => new Uri(item.GetProperty("link").GetString()!).AbsolutePath)
                .FirstOrDefault();
            return link is not null;
        });
        return link!;
    }

    private async Task<string?> StatusAsync(string request) => (await running.Service.As("rae").GetAsync($"/requests/{request}")).Expect(200)["status"].GetString();

    /// <summary>How many entries the request's chain has, but for those of who was told.</summary>
    private async Task<int> HistoryAsync(string request) => (await running.Service.As("aud").GetAsync($"/requests/{request}/history?limit=200")).Expect(200).Items
        .Count(entry => entry.GetProperty("action").GetString() != "notified");

    /// <summary>The newest entry of the trail that is not about who was told.</summary>
    private async Task<string?> TrailAsync() => (await running.Service.As("aud").GetAsync("/audit?limit=50")).Expect(200).Items
        .FirstOrDefault(entry => entry.GetProperty("action").GetString() != "notified") is { ValueKind: JsonValueKind.Object } entry
        ? entry.GetRawText()
        : null;

    private static string Sized(int bytes) => $"{{\"s\":\"{new string('s', bytes - 8)}\"}}";

    private static string Deep(int levels) => $"{{\"d\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}";

    public sealed class Running : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync();

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
