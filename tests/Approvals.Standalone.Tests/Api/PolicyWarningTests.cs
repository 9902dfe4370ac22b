using System.Text.Json;
using Approvals.Ports;
using Approvals.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Api;

/// <summary>What authors of policies are told, and what the gate says where a policy was not meant so.</summary>
public sealed class PolicyWarningTests
{
    private static readonly object Unreadable = new
    {
        key = "case.people",
        name = "People",
        actionTypes = new[] { "case.people" },
        levels = new[] { new { approvers = new[] { "user:ghost", "role:finance_manager", "group:nobody" } } },
    };

    [Fact]
    public async Task Saving_publishing_and_simulating_tell_of_references_that_name_nobody()
    {
        await using var service = await Service.StartAsync();
        var pol = service.As("pol");
        var saved = (await pol.PostAsync("/policies", Unreadable)).Expect(201);
        Assert.Equal(["/levels/0/approvers/0", "/levels/0/approvers/1", "/levels/0/approvers/2"], Paths(saved));
        Assert.Contains("Did you mean 'finance-manager'?", saved["warnings"][1].GetProperty("message").GetString(), StringComparison.Ordinal);

        var simulation = new { policy = Unreadable, input = new { actionType = "case.people", payload = new { } } };
        var simulated = (await pol.PostAsync("/policies/simulation", simulation)).Expect(200);
        Assert.Equal(3, Paths(simulated).Length);
        Assert.True(simulated["levels"][0].GetProperty("fallback").GetBoolean());
        // They tell who is in the directory and what others' calls had.
        Assert.Empty(Paths((await service.As("rae").PostAsync("/policies/simulation", simulation)).Expect(200)));
        Assert.Equal(3, Paths((await pol.PostAsync("/policies/simulation", new { policy = Unreadable, replay = new { last = 10 } })).Expect(200)).Length);

        var published = (await pol.PostAsync("/policies/case.people/versions/1/publication", new { })).Expect(202);
        Assert.Equal(3, Paths(published).Length);
    }

    [Fact]
    public async Task Saving_tells_of_members_that_no_call_had()
    {
        await using var service = await Service.StartAsync();
        (await service.As("rae").PostAsync("/gate", new { actionType = "case.members", subject = new { type = "t", id = "1" }, payload = new { amount = 5 } })).Expect(200);
        var saved = (await service.As("pol").PostAsync("/policies", new
        {
            key = "case.members",
            name = "Members",
            actionTypes = new[] { "case.members" },
            when = "payload.amount > 1 && payload.amuont < 5",
            levels = new[] { new { approvers = new[] { "role:admin" } } },
        })).Expect(201);
        Assert.Equal(["/when"], Paths(saved));
    }

    [Fact]
    public async Task Simulation_says_that_the_gate_would_refuse()
    {
        await using var service = await Service.StartAsync();
        var eve = service.As("eve", "globex");
        var policy = new { key = "case.alone", name = "Alone", actionTypes = new[] { "case.alone" }, levels = new[] { new { approvers = new[] { "role:approver" } } } };
        var simulated = (await eve.PostAsync("/policies/simulation", new { policy, input = new { payload = new { } } })).Expect(200);

        Assert.Equal("APPROVAL_INVALID_LEVEL", simulated["refusal"].GetProperty("code").GetString());
        Assert.Empty(simulated["levels"][0].GetProperty("approvers").EnumerateArray());
    }

    [Theory]
    [InlineData("Bill.post", "bill.post")]
    [InlineData("bill.Post", "bill.post")]
    [InlineData("One.level", "one.*")]
    public async Task An_action_type_in_another_case_than_a_policys_does_not_get_by_it(string actionType, string pattern)
    {
        await using var service = await Service.StartAsync();
        var refused = (await service.As("rae").PostAsync("/gate", new { actionType, subject = new { type = "bill", id = "1" }, payload = Stories.Payload(amount: 720_000) }))
            .Expect(400, "VALIDATION_FAILED");
        Assert.Contains($"'{pattern}'", JsonDocument.Parse(refused.Text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var recorded = (await service.As("aud").GetAsync("/audit?action=gate_checked&actor=rae")).Expect(200).Items[0];
        Assert.Equal("refused", recorded.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Patterns_of_a_payload_end_by_their_steps_and_people_are_asked()
    {
        await using var service = await StartAsync("""
            { "tenant": "acme", "key": "case.patterns", "name": "case.patterns", "actionTypes": ["case.patterns"],
              "levels": [ { "approvers": ["user:mia"] } ], "when": "payload.rules.exists(r, payload.s.matches(r))" }
            """);
        var rules = Enumerable.Range(0, 500).Select(i => $@"[\pL\pN](\PL{{30}}){{30}}{i}").ToArray();
        var pending = (await service.As("rae").PostAsync("/gate", new { actionType = "case.patterns", subject = new { type = "t", id = "1" }, payload = new { s = "zzz", rules } }))
            .Expect(202);
        Assert.Contains("more steps than it is allowed", pending["explanation"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_by_time_says_that_nobody_answered()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var service = await StartAsync(
            """
            { "tenant": "acme", "key": "case.late", "name": "case.late", "actionTypes": ["case.late"],
              "levels": [ { "approvers": ["user:mia"], "respondWithin": "2s", "onTimeout": "reject" } ] }
            """,
            services => services.AddSingleton<TimeProvider>(time));
        var check = new { actionType = "case.late", subject = new { type = "t", id = "1" }, payload = new { } };
        var request = (await service.As("rae").PostAsync("/gate", check)).Expect(202).RequestId;
        var rejected = service.Services.GetRequiredService<IRequestStore>().WaitAsync(World.Tenant, request, 1, TimeSpan.FromDays(30), default);
        time.Advance(TimeSpan.FromSeconds(3));
        await rejected;

        foreach (var denied in new[] { await service.As("rae").GetAsync($"/gate/{request}"), await service.As("rae").PostAsync("/gate", check) })
        {
            denied.Expect(403, "APPROVAL_DENIED");
            Assert.Equal(("Nobody answered in time, so the request was rejected.", denied["reason"].GetString()), (denied["detail"].GetString(), denied["detail"].GetString()));
        }
    }

    private static async Task<Service> StartAsync(string policy, Action<IServiceCollection>? configure = null)
    {
        var service = await Service.StartAsync(configure: configure);
        await File.WriteAllTextAsync(Path.Combine(service.Home, "policies", "case.json"), policy);
        await service.RestartAsync();
        return service;
    }

    private static string[] Paths(Answer answer) => [.. answer["warnings"].EnumerateArray().Select(warning => warning.GetProperty("path").GetString()!)];
}
