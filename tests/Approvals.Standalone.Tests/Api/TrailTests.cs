using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

public sealed class TrailTests(TrailTests.Told told) : IClassFixture<TrailTests.Told>
{
    private Service Service => told.Service;

    [Fact]
    public async Task History_tells_the_story_in_order_and_chained()
    {
        var items = (await Service.As("rae").GetAsync($"/requests/{told.Request}/history?limit=200")).Expect(200).Items;
        var actions = items.Select(item => item.GetProperty("action").GetString()).ToArray();
        string[] expected = ["requested", "submitted", "level_entered", "commented", "approved", "level_approved", "completed", "execution_claimed"];
        Assert.Equal(expected, expected.Intersect(actions));
        Assert.Equal(items.Length, items[^1].GetProperty("sequence").GetInt32());
        for (var i = 1; i < items.Length; i++)
        {
            Assert.Equal(items[i - 1].GetProperty("hash").GetString(), items[i].GetProperty("previousHash").GetString());
        }
    }

    [Fact]
    public async Task Anyone_can_recompute_an_exported_entry()
    {
        var lines = (await Service.As("aud").GetAsync("/audit/export?format=jsonl")).Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var hash = JsonDocument.Parse(line).RootElement.GetProperty("hash").GetString();
            var canonical = line.Replace($",\"hash\":\"{hash}\"", "", StringComparison.Ordinal);
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        }
    }

    [Fact]
    public async Task A_spreadsheet_gets_one_row_an_entry_and_no_formula()
    {
        var export = (await Service.As("aud").GetAsync($"/audit/export?format=csv&requestId={told.Request}")).Expect(200);
        Assert.Equal("text/csv", export.ContentType);
        var count = (await Service.As("rae").GetAsync($"/requests/{told.Request}/history?limit=200")).Expect(200).Items.Length;
        Assert.Equal(count + 1, export.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\"),\nsays Mo\"", export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_is_a_whole_day_of_the_tenants_time_zone_first_and_last_included()
    {
        // 23:30 on the 28th and on the 29th in Berlin.
        var time = new ManualTime(DateTimeOffset.Parse("2026-11-28T22:30:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var service = await Service.StartAsync(configure: services => services.AddSingleton<TimeProvider>(time));
        await Stories.PendingAsync(service, "28");
        time.Advance(TimeSpan.FromDays(1));
        await Stories.PendingAsync(service, "29");
        // 00:30 on the 30th.
        time.Advance(TimeSpan.FromHours(1));
        await Stories.PendingAsync(service, "30");

        Assert.Equal<string>(["29"], await SubjectsAsync("/audit?from=2026-11-29&to=2026-11-29&action=requested&limit=200"));
        Assert.Equal<string>(["28", "29", "30"], await SubjectsAsync("/audit?from=2026-11-01&to=2026-11-30&action=requested&limit=200"));
        Assert.Equal<string>(["30"], await SubjectsAsync("/audit?from=2026-11-30&action=requested&limit=200"));
        Assert.Equal<string>(["28"], await SubjectsAsync("/audit?to=2026-11-28&action=requested&limit=200"));
        // A time is a time, and the end is exclusive.
        Assert.Equal<string>(["28"], await SubjectsAsync("/audit?from=2026-11-28T22:30:00Z&to=2026-11-29T22:30:00Z&action=requested&limit=200"));
        var export = (await service.As("aud").GetAsync("/audit/export?format=jsonl&from=2026-11-29&to=2026-11-29&action=requested")).Expect(200);
        Assert.Single(export.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var report = (await service.As("aud").GetAsync("/reports/sla?from=2026-11-29&to=2026-11-29")).Expect(200);
        Assert.Equal(("2026-11-28T23:00:00Z", "2026-11-29T23:00:00Z"), (report["from"].GetString(), report["to"].GetString()));
        (await service.As("aud").GetAsync("/audit?from=2026-11-31")).Expect(400, "VALIDATION_FAILED");

        async Task<string[]> SubjectsAsync(string path) =>
            [.. (await service.As("aud").GetAsync(path)).Expect(200).Items.Select(item => item.GetProperty("subject").GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("actor=mo", "mo")]
    [InlineData("actor=rae&actorType=human", "rae")]
    public async Task Entries_are_found_by_actor(string filter, string actor)
    {
        var items = (await Service.As("aud").GetAsync($"/audit?{filter}")).Expect(200).Items;
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal(actor, item.GetProperty("actor").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Entries_are_found_by_subject_action_request_and_time()
    {
        Assert.NotEmpty((await Service.As("aud").GetAsync("/audit?subject=thing:told")).Expect(200).Items);
        Assert.Empty((await Service.As("aud").GetAsync("/audit?subject=thing:untold")).Expect(200).Items);
        Assert.Single((await Service.As("aud").GetAsync($"/audit?requestId={told.Request}&action=commented")).Expect(200).Items);
        Assert.Empty((await Service.As("aud").GetAsync("/audit?to=2020-01-01T00:00:00Z")).Expect(200).Items);
        Assert.NotEmpty((await Service.As("aud").GetAsync("/audit?from=2020-01-01T00:00:00Z")).Expect(200).Items);
    }

    [Fact]
    public async Task The_trail_is_proven()
    {
        var proof = (await Service.As("aud").GetAsync("/audit/verification")).Expect(200);
        Assert.True(proof["valid"].GetBoolean());
        Assert.True(proof["checked"].GetInt64() > 5);
        (await Service.As("aud").GetAsync("/audit/verification?requestId=absent")).Expect(404);
    }

    [Fact]
    public async Task Reports_count_what_happened()
    {
        var sla = (await Service.As("aud").GetAsync("/reports/sla")).Expect(200);
        Assert.Equal(1, sla["approved"].GetInt32());
        Assert.Equal(1.0, sla["auditCompleteness"].GetDouble());
        var controls = (await Service.As("aud").GetAsync($"/reports/controls?month={DateTimeOffset.UtcNow:yyyy-MM}")).Expect(200).Items
            .ToDictionary(item => item.GetProperty("control").GetString()!, item => item);
        Assert.Equal("attention", controls["self_approval_attempts"].GetProperty("status").GetString());
        Assert.Equal(1, controls["decisions"].GetProperty("count").GetInt32());
        Assert.Equal("ok", controls["overrides"].GetProperty("status").GetString());
    }

    [Fact]
    public async Task People_are_added_changed_and_removed_by_administrators()
    {
        var adm = Service.As("adm");
        (await adm.PutAsync("/directory/people/new", new { name = "New", roles = new[] { "requester" } })).Expect(201);
        (await Service.As("new").GetAsync("/inbox")).Expect(200);
        (await adm.PutAsync("/directory/people/new", new { name = "Newer", roles = new[] { "auditor" } })).Expect(200);
        (await Service.As("new").GetAsync("/audit")).Expect(200);
        (await adm.PutAsync("/directory/people/new", new { id = "other", name = "X" })).Expect(400, "VALIDATION_FAILED");
        (await adm.PutAsync("/directory/people/new", new { name = "", roles = 1 })).Expect(400, "VALIDATION_FAILED");
        (await Service.As("mo").PutAsync("/directory/people/new", new { name = "X" })).Expect(403);
        (await adm.DeleteAsync("/directory/people/adm")).Expect(409);
        (await adm.DeleteAsync("/directory/people/new")).Expect(204);
        (await adm.DeleteAsync("/directory/people/new")).Expect(404);
        (await Service.As("new").GetAsync("/inbox")).Expect(401);
        Assert.Equal(3, (await Service.As("aud").GetAsync("/audit?action=directory_changed&subject=person:new")).Expect(200).Items.Length);
    }

    [Fact]
    public async Task Health_is_open_to_everybody()
    {
        (await Service.With(null).GetAsync("/healthz")).Expect(200);
        (await Service.With(null).GetAsync("/healthz/ready")).Expect(200);
    }

    [Fact]
    public async Task A_caller_in_a_hurry_is_slowed_down_and_nobody_else()
    {
        await using var service = await Service.StartAsync(["--Approvals:RateLimit=5"]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => service.As("rae").GetAsync("/inbox/count")));
        var refused = answers.First(answer => answer.Status != 200).Expect(429, "RATE_LIMITED");
        Assert.Equal("1", refused.RetryAfter);
        (await service.As("mo").GetAsync("/inbox/count")).Expect(200);
    }

    public sealed class Told : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public string Request { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Service = await Service.StartAsync();
            Request = await Stories.PendingAsync(Service, "told");
            (await Stories.DecideAsync(Service, "rae", Request, "approve")).Expect(403);
            (await Service.As("mo").PostAsync($"/requests/{Request}/comments", new { comment = "=HYPERLINK(\"x\"),\nsays Mo" })).Expect(200);
            (await Stories.DecideAsync(Service, "mo", Request, "approve")).Expect(200);
            var grant = (await Service.As("rae").GetAsync($"/gate/{Request}")).Expect(200)["grant"].GetProperty("token").GetString();
            (await Service.As("rae").PostAsync($"/gate/{Request}/execution", new { grant, payload = new { id = "told" } })).Expect(201);
        }

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
