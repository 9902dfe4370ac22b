using System.Net.Http.Headers;
using System.Text;

namespace Approvals.Standalone.Tests.Api;

/// <summary>Whatever comes in, the answer is a clear problem, and nothing is written.</summary>
public sealed class HostileInputTests(HostileInputTests.Running running) : IClassFixture<HostileInputTests.Running>
{
    private const string Head = "{\"actionType\":\"one.thing\",\"subject\":{\"type\":\"t\",\"id\":\"1\"},\"payload\":";

    public static TheoryData<string, string, int, string> Bodies => new()
    {
        { "nothing", "", 400, "" },
        { "no JSON", "hello", 400, "" },
        { "cut off", Head + "{\"a\":", 400, "" },
        { "a list", "[]", 400, "" },
        { "a number", "1", 400, "" },
        { "null", "null", 400, "" },
        { "a member twice", "{\"actionType\":\"a\",\"actionType\":\"b\"}", 400, "" },
        { "nothing of what is needed", "{}", 400, "/actionType /subject /payload" },
        { "null members", "{\"actionType\":null,\"subject\":null,\"payload\":null}", 400, "/actionType /subject /payload" },
        { "wrong kinds", "{\"actionType\":1,\"subject\":\"x\",\"payload\":[],\"title\":{},\"reopen\":\"yes\"}", 400, "/actionType /subject /payload /title /reopen" },
        { "blank action type", "{\"actionType\":\"  \",\"subject\":{\"type\":\"t\",\"id\":\"1\"},\"payload\":{}}", 400, "/actionType" },
        { "subject without id", "{\"actionType\":\"a\",\"subject\":{\"type\":\"t\"},\"payload\":{}}", 400, "/subject/id" },
        { "control characters", "{\"actionType\":\"a\\u0000b\",\"subject\":{\"type\":\"t\",\"id\":\"1\\n2\"},\"payload\":{}}", 400, "/actionType /subject/id" },
        { "a number no double holds", Head + "{\"n\":9007199254740993}}", 400, "/payload/n" },
        { "too many digits", Head + "{\"n\":0.12345678901234567890123}}", 400, "/payload/n" },
        { "infinity", Head + "{\"n\":1e999}}", 400, "/payload/n" },
        { "a lone surrogate", Head + "{\"s\":\"\\ud800\"}}", 400, "/payload/s" },
        { "too deep", Head + new string('[', 70) + new string(']', 70) + "}", 400, "" },
        { "very deep", Head + new string('[', 200_000), 400, "" },
        { "a long action type", "{\"actionType\":\"" + new string('a', 201) + "\",\"subject\":{\"type\":\"t\",\"id\":\"1\"},\"payload\":{}}", 400, "/actionType" },
        { "a long title", Head + "{},\"title\":\"" + new string('a', 501) + "\"}", 400, "/title" },
        { "a long description", Head + "{},\"description\":\"" + new string('a', 10_001) + "\"}", 400, "/description" },
        { "a large payload", Head + "{\"s\":\"" + new string('a', 300_000) + "\"}}", 413, "" },
        { "a large body", Head + "{\"s\":\"" + new string('a', 1_100_000) + "\"}}", 413, "" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused(string name, string body, int status, string pointers)
    {
        var answer = await running.Service.As("rae").PostAsync("/gate", body);
        answer.Expect(status, status == 413 ? "PAYLOAD_TOO_LARGE" : "VALIDATION_FAILED");
        foreach (var pointer in pointers.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(pointer, answer["fields"].EnumerateArray().Select(field => field.GetProperty("pointer").GetString()));
        }
        Assert.NotEmpty(name);
    }

    [Fact]
    public async Task What_is_at_its_limit_is_taken()
    {
        var title = new string('t', 500);
        var text = new string('a', 200_000);
        var deep = new string('[', 63) + new string(']', 63);
        (await running.Service.As("rae").PostAsync("/gate", $"{Head}{{\"s\":\"{text}\",\"d\":{deep}}},\"title\":\"{title}\"}}")).Expect(202);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    [InlineData("")]
    public async Task Another_media_type_is_refused(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Head + "{}}"));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await running.Service.As("rae").SendAsync(HttpMethod.Post, "/gate", content)).Expect(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON; charset=UTF-8")]
    [InlineData("application/vnd.acme+json; charset=\"utf-8\"")]
    public async Task JSON_is_taken(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"actionType\":\"free\",\"subject\":{\"type\":\"t\",\"id\":\"1\"},\"payload\":{}}"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        (await running.Service.As("rae").SendAsync(HttpMethod.Post, "/gate", content)).Expect(200);
    }

    [Fact]
    public async Task Invalid_UTF8_and_a_byte_order_mark_are_refused()
    {
        foreach (var bytes in new byte[][] { [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'] })
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            (await running.Service.As("rae").SendAsync(HttpMethod.Post, "/gate", content)).Expect(400, "VALIDATION_FAILED");
        }
    }

    [Theory]
    [InlineData("/requests?limit=0", "limit")]
    [InlineData("/requests?limit=201", "limit")]
    [InlineData("/requests?limit=x", "limit")]
    [InlineData("/requests?limit=-1", "limit")]
    [InlineData("/requests?limit=99999999999999999999", "limit")]
    [InlineData("/requests?limit=1&limit=2", "limit")]
    [InlineData("/requests?cursor=nonsense", "cursor")]
    [InlineData("/requests?cursor=%00", "cursor")]
    [InlineData("/requests?status=done", "status")]
    [InlineData("/requests?requester=%0a", "requester")]
    [InlineData("/inbox?filter=some", "filter")]
    [InlineData("/inbox?sort=up", "sort")]
    [InlineData("/inbox?cursor=AAAA", "cursor")]
    [InlineData("/policies?cursor=AAAA", "cursor")]
    [InlineData("/delegations?cursor=%F0%9F%98%80", "cursor")]
    [InlineData("/notifications?cursor=..", "cursor")]
    public async Task A_bad_parameter_is_named(string path, string name)
    {
        var answer = (await running.Service.As("rae").GetAsync(path)).Expect(400, "VALIDATION_FAILED");
        Assert.Equal(name, Assert.Single(answer["fields"].EnumerateArray().ToArray()).GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("/audit?from=yesterday", "from")]
    [InlineData("/audit?actorType=robot", "actorType")]
    [InlineData("/audit?cursor=x", "cursor")]
    [InlineData("/audit/export?format=xml", "format")]
    [InlineData("/reports/sla?from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("/reports/controls?month=2026-13", "month")]
    [InlineData("/reports/controls?month=0000-01", "month")]
    public async Task A_bad_parameter_of_the_trail_is_named(string path, string name)
    {
        var answer = (await running.Service.As("adm").GetAsync(path)).Expect(400, "VALIDATION_FAILED");
        Assert.Equal(name, Assert.Single(answer["fields"].EnumerateArray().ToArray()).GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("/gate/x?wait=31")]
    [InlineData("/gate/x?wait=-1")]
    [InlineData("/gate/x?wait=1.5")]
    public async Task A_wait_out_of_range_is_refused(string path) => (await running.Service.As("rae").GetAsync(path)).Expect(400, "VALIDATION_FAILED");

    [Theory]
    [InlineData("/requests/%00")]
    [InlineData("/requests/%0d%0aX-Evil:1")]
    [InlineData("/requests/..%2f..%2fetc%2fpasswd")]
    [InlineData("/requests/' OR 1=1 --")]
    [InlineData("/requests/%F0%9F%98%80")]
    [InlineData("/requests/%ff%fe")]
    [InlineData("/gate/%20")]
    [InlineData("/policies/a%2Fb")]
    [InlineData("/policies/bill.post/versions/99999999999999")]
    [InlineData("/policies/bill.post/versions/-1")]
    [InlineData("/policies/bill.post/versions/x")]
    [InlineData("/delegations/%7F")]
    public async Task An_address_that_leads_nowhere_is_not_found(string path)
    {
        var answer = await running.Service.As("rae").GetAsync(path);
        Assert.True(answer.Status is 404 or 400, $"{answer.Status} {answer.Text}");
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Fact]
    public async Task A_very_long_id_is_not_found() =>
        (await running.Service.As("rae").GetAsync("/requests/" + new string('a', 5000))).Expect(404, "APPROVAL_NOT_FOUND");

    [Fact]
    public async Task An_unknown_address_and_a_wrong_method_are_problems()
    {
        (await running.Service.As("rae").GetAsync("/nothing")).Expect(404, "APPROVAL_NOT_FOUND");
        (await running.Service.As("rae").DeleteAsync("/gate")).Expect(405, "METHOD_NOT_ALLOWED");
        (await running.Service.As("rae").PutAsync("/requests/x", new { })).Expect(405, "METHOD_NOT_ALLOWED");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\tb")]
    public async Task A_bad_idempotency_key_is_refused(string key) =>
        (await running.Service.As("rae").PostAsync("/gate", Stories.OneLevel("k"), key)).Expect(400, "VALIDATION_FAILED");

    [Fact]
    public async Task A_long_user_agent_is_cut()
    {
        var content = new StringContent("{\"actionType\":\"agent.free\",\"subject\":{\"type\":\"t\",\"id\":\"1\"},\"payload\":{}}", Encoding.UTF8, "application/json");
        (await running.Service.As("rob").SendAsync(HttpMethod.Post, "/gate", content, ("User-Agent", new string('u', 4000)), ("traceparent", "00-zz-"))).Expect(200);
        var entry = Assert.Single((await running.Service.As("aud").GetAsync("/audit?actor=rob&action=gate_checked")).Expect(200).Items);
        Assert.Equal(256, entry.GetProperty("userAgent").GetString()!.Length);
    }

    [Theory]
    [InlineData("decisions", "{\"decision\":\"maybe\"}", "/decision")]
    [InlineData("decisions", "{\"decision\":\"approve\",\"comment\":1}", "/comment")]
    [InlineData("decisions", "{\"decision\":\"approve\",\"commandId\":\"\"}", "/commandId")]
    [InlineData("comments", "{}", "/comment")]
    [InlineData("comments", "{\"comment\":\"  \"}", "/comment")]
    [InlineData("assignments", "{\"kind\":\"add\"}", "/to")]
    [InlineData("assignments", "{\"kind\":\"add\",\"to\":\"nobody\"}", "/to")]
    [InlineData("assignments", "{\"kind\":\"add\",\"to\":\"bot\"}", "/to")]
    [InlineData("assignments", "{\"kind\":\"add\",\"to\":\"mia\",\"level\":0}", "/level")]
    [InlineData("assignments", "{\"kind\":\"add\",\"to\":\"mia\",\"level\":1.5}", "/level")]
    [InlineData("resubmission", "{}", "/payload")]
    public async Task A_bad_command_names_its_member(string command, string body, string pointer)
    {
        var answer = (await running.Service.As("mo").PostAsync($"/requests/{running.Request}/{command}", body)).Expect(400, "VALIDATION_FAILED");
        Assert.Contains(pointer, answer["fields"].EnumerateArray().Select(field => field.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Refused_input_writes_nothing()
    {
        var before = (await running.Service.As("aud").GetAsync("/audit?limit=1")).Expect(200).Text;
        foreach (var row in Bodies)
        {
            await running.Service.As("mia").PostAsync("/gate", (string)row[1]);
        }
        Assert.Equal(before, (await running.Service.As("aud").GetAsync("/audit?limit=1")).Expect(200).Text);
    }

    public sealed class Running : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public string Request { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Service = await Service.StartAsync();
            Request = await Stories.PendingAsync(Service, "hostile");
        }

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
