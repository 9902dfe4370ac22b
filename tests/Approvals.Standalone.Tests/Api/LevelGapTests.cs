using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>A policy that applies, though the conditions of its levels leave a gap.</summary>
public sealed class LevelGapTests(LevelGapTests.Shared shared) : IClassFixture<LevelGapTests.Shared>
{
    private Service Service => shared.Service;

    [Theory]
    [InlineData(1500.05)]
    [InlineData(-90000)]
    [InlineData(0)]
    public async Task In_the_gap_the_fallback_approvers_are_asked(double amount)
    {
        var call = Call("case.gap", amount);
        var pending = (await Service.As("rae").PostAsync("/gate", call)).Expect(202);
        Assert.Contains("fallback approvers", pending["explanation"].GetString(), StringComparison.Ordinal);
        await WaitsForFallbackAsync(pending.RequestId);
        Assert.Contains(pending.RequestId, (await Service.As("adm").GetAsync("/inbox?limit=200")).Expect(200).Items.Select(item => item.GetProperty("id").GetString()));

        (await Stories.DecideAsync(Service, "rae", pending.RequestId, "approve")).Expect(403, "APPROVAL_SELF_APPROVAL");
        (await Stories.DecideAsync(Service, "adm", pending.RequestId, "approve")).Expect(200);
        Assert.Equal("approved", (await Service.As("rae").PostAsync("/gate", call)).Expect(200)["outcome"].GetString());
    }

    [Fact]
    public async Task A_resubmission_into_the_gap_is_no_approval()
    {
        var id = (await Service.As("rae").PostAsync("/gate", Call("case.gap", 9000))).Expect(202).RequestId;
        (await Stories.DecideAsync(Service, "fay", id, "requestChanges", "Less")).Expect(200);
        (await Service.As("rae").PostAsync($"/requests/{id}/resubmission", new { payload = new { amount = 1500.05 } })).Expect(200);
        await WaitsForFallbackAsync(id);
    }

    [Fact]
    public async Task A_resubmission_and_a_draft_are_evaluated_anew()
    {
        var id = (await Service.As("rae").PostAsync("/gate", Call("case.gap", 900))).Expect(202).RequestId;
        (await Stories.DecideAsync(Service, "mo", id, "requestChanges", "More")).Expect(200);
        (await Service.As("rae").PostAsync($"/requests/{id}/resubmission", new { payload = new { amount = 5000 }, title = new string('t', 501) })).Expect(400, "VALIDATION_FAILED");
        var again = (await Service.As("rae").PostAsync($"/requests/{id}/resubmission", new { payload = new { amount = 5000 } })).Expect(200);
        Assert.Equal(["skipped", "open"], again["levels"].EnumerateArray().Select(level => level.GetProperty("status").GetString()));
        (await Stories.DecideAsync(Service, "mo", id, "approve")).Expect(403, "APPROVAL_NOT_AUTHORIZED");

        // A draft with levels of its own, whose action type a policy covers by the time that it is submitted.
        var levels = new[] { new { name = "Own", approvers = new[] { "user:mia" } } };
        var body = new { requestType = "thing", actionType = "later.covered", title = "T", payload = new { n = 1 }, subject = new { type = "t", id = "1" }, levels, submit = false };
        var draft = (await Service.As("rae").PostAsync("/requests", body)).Expect(201);
        var policy = new { key = "later", name = "Later", actionTypes = new[] { "later.*" }, levels = new[] { new { name = "Finance", approvers = new[] { "user:fay" } } } };
        (await Service.As("pol").PostAsync("/policies", policy)).Expect(201);
        var publication = (await Service.As("pol").PostAsync("/policies/later/versions/1/publication")).Expect(202);
        (await Stories.DecideAsync(Service, "adm", publication.RequestId, "approve")).Expect(200);
        await Eventually.Async(async () => (await Service.As("pol").GetAsync("/policies/later")).Expect(200)["status"].GetString() == "active");
        var submitted = (await Service.As("rae").PostAsync($"/requests/{draft.Id}/submission")).Expect(200);
        Assert.Equal(("later", "Finance"), (submitted["policy"].GetProperty("key").GetString(), submitted["levels"][0].GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Levels_of_a_direct_request_that_ask_nobody_approve_nothing()
    {
        var levels = new[] { new { name = "Never", approvers = new[] { "user:mo" }, when = "false" } };
        var body = new { requestType = "thing", title = "T", payload = new { n = 1 }, subject = new { type = "t", id = "1" }, levels };
        await WaitsForFallbackAsync((await Service.As("rae").PostAsync("/requests", body)).Expect(201).Id);
        var direct = new { requestType = "thing", actionType = "case.gap", title = "T", payload = new { amount = -1 }, subject = new { type = "t", id = "1" } };
        await WaitsForFallbackAsync((await Service.As("rae").PostAsync("/requests", direct)).Expect(201).Id);
    }

    [Fact]
    public async Task Simulation_and_explanation_say_so()
    {
        var simulated = (await Service.As("pol").PostAsync("/policies/simulation", new { key = "case.gap", input = new { actor = "rae", payload = new { amount = 1500.05 } } })).Expect(200);
        Assert.Contains("fallback approvers are asked", simulated["summary"].GetString(), StringComparison.Ordinal);
        Assert.Equal(["Supervisor true", "Division true", "Fallback false"], simulated["levels"].EnumerateArray().Select(level =>
            $"{level.GetProperty("name").GetString()} {(level.GetProperty("skipped").GetBoolean() ? "true" : "false")}"));

        var id = (await Service.As("rae").PostAsync("/gate", Call("case.gap", -7))).Expect(202).RequestId;
        Assert.Contains("fallback approvers are asked. Level 3 of 3, Fallback, waits for Adm", await ExplainAsync(new { requestId = id }), StringComparison.Ordinal);
        Assert.Contains("fallback approvers are asked", await ExplainAsync(new { actionType = "case.gap", payload = new { amount = -7 } }), StringComparison.Ordinal);
        (await Stories.DecideAsync(Service, "ava", id, "approve")).Expect(200);
        Assert.EndsWith("The request is over: Approved.", await ExplainAsync(new { requestId = id }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_may_let_it_pass()
    {
        Assert.Equal("allowed", (await Service.As("rae").PostAsync("/gate", Call("case.pass", 5))).Expect(200)["outcome"].GetString());
        (await Service.As("rae").PostAsync("/gate", Call("case.pass", 5000))).Expect(202);

        // Only at the gate: a request that somebody makes is answered by somebody.
        var direct = new { requestType = "thing", actionType = "case.pass", title = "T", payload = new { amount = 5 }, subject = new { type = "t", id = "1" } };
        await WaitsForFallbackAsync((await Service.As("rae").PostAsync("/requests", direct)).Expect(201).Id);
        var checks = (await Service.As("aud").GetAsync("/audit?action=gate_checked&subject=gap:5")).Expect(200).Items;
        Assert.Equal(("allowed", "case.pass"), (
            checks[0].GetProperty("details").GetProperty("gate").GetString(), checks[0].GetProperty("policy").GetProperty("key").GetString()));
    }

    private async Task<string> ExplainAsync(object arguments) =>
        (await Service.As("rae").PostAsync("/copilot/tools/explain_requirement", arguments)).Expect(200)["cards"][0].GetProperty("summary").GetString()!;

    private async Task WaitsForFallbackAsync(string id)
    {
        var request = (await Service.As("rae").GetAsync($"/requests/{id}")).Expect(200);
        Assert.Equal("in_review", request["status"].GetString());
        var level = request["levels"].EnumerateArray().Last();
        Assert.Equal(["adm", "ava"], level.GetProperty("approvers").EnumerateArray().Select(approver => approver.GetProperty("id").GetString()));
    }

    private static object Call(string action, double amount) => new { actionType = action, subject = new { type = "gap", id = $"{amount}" }, payload = new { amount } };

    /// <summary>One service for all.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public Service Service { get; private set; } = null!;

        public async Task InitializeAsync() => Service = await Service.StartAsync();

        public async Task DisposeAsync() => await Service.DisposeAsync();
    }
}
