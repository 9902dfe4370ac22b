using Approvals.Chains.State;
using Approvals.Gate;

namespace Approvals.Standalone.Tests.Api;

public sealed class GateStoryTests : IAsyncLifetime
{
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_bill_goes_through_two_levels_to_one_execution()
    {
        var rae = _service.As("rae");
        var pending = (await rae.PostAsync("/gate", Stories.Bill())).Expect(202);
        Assert.Equal("pending", pending["outcome"].GetString());
        Assert.Equal($"/api/v1/gate/{pending.RequestId}", pending.Location);
        Assert.NotNull(pending.RetryAfter);

        // The same check again is the same request.
        Assert.Equal(pending.RequestId, (await rae.PostAsync("/gate", Stories.Bill())).Expect(202).RequestId);

        Assert.Equal("in_review", (await DecideAsync("mo", pending.RequestId)).Expect(200)["status"].GetString());
        Assert.Equal("pending", (await rae.GetAsync($"/gate/{pending.RequestId}")).Expect(202)["outcome"].GetString());
        Assert.Equal("approved", (await DecideAsync("fay", pending.RequestId)).Expect(200)["status"].GetString());

        var pass = (await rae.GetAsync($"/gate/{pending.RequestId}")).Expect(200);
        var grant = pass["grant"].GetProperty("token").GetString();
        Assert.Equal(grant, (await rae.PostAsync("/gate", Stories.Bill())).Expect(200)["grant"].GetProperty("token").GetString());

        var execution = $"/gate/{pending.RequestId}/execution";
        (await rae.PostAsync(execution, new { grant, payload = Stories.Payload(amount: 5001) })).Expect(409, "APPROVAL_PAYLOAD_CHANGED");
        var claimed = (await rae.PostAsync(execution, new { grant, payload = Stories.Payload() })).Expect(201);
        (await rae.PostAsync(execution, new { grant, payload = Stories.Payload() })).Expect(409, "APPROVAL_ALREADY_EXECUTED");
        var executionId = claimed["executionId"].GetString();
        (await rae.PostAsync($"{execution}/{executionId}/result", new { outcome = "succeeded" })).Expect(200);

        var request = (await rae.GetAsync($"/requests/{pending.RequestId}")).Expect(200);
        Assert.Equal("succeeded", request["execution"].GetProperty("outcome").GetString());
        // What was executed is over: the same action asks anew.
        Assert.NotEqual(pending.RequestId, (await rae.PostAsync("/gate", Stories.Bill())).Expect(202).RequestId);
    }

    [Fact]
    public async Task After_a_claim_the_gate_says_what_became_of_it()
    {
        var (request, grant) = await Stories.ApprovedAsync(_service, "C-1");
        var rae = _service.As("rae");
        var claim = (await rae.PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "C-1" } })).Expect(201);
        Assert.Equal(GateText.Claimed(ExecutionOutcome.Claimed), (await rae.GetAsync($"/gate/{request}")).Expect(409, "APPROVAL_ALREADY_EXECUTED")["detail"].GetString());

        (await rae.PostAsync($"/gate/{request}/execution/{claim["executionId"].GetString()}/result", new { outcome = "failed" })).Expect(200);
        var failed = (await rae.GetAsync($"/gate/{request}")).Expect(409, "APPROVAL_ALREADY_EXECUTED");
        Assert.Equal(GateText.Claimed(ExecutionOutcome.Failed), failed["detail"].GetString());
        Assert.Equal(failed["detail"].GetString(), failed["reason"].GetString());
    }

    [Fact]
    public async Task The_story_goes_on_after_a_restart()
    {
        var request = (await _service.As("rae").PostAsync("/gate", Stories.Bill("B-2"))).Expect(202).RequestId;
        (await DecideAsync("mo", request)).Expect(200);
        await _service.RestartAsync();
        (await DecideAsync("fox", request)).Expect(200);
        var grant = (await _service.As("rae").GetAsync($"/gate/{request}")).Expect(200)["grant"].GetProperty("token").GetString();
        await _service.RestartAsync();
        var claim = new { grant, payload = Stories.Payload("B-2") };
        (await _service.As("rae").PostAsync($"/gate/{request}/execution", claim)).Expect(201);
        await _service.RestartAsync();
        (await _service.As("rae").PostAsync($"/gate/{request}/execution", claim)).Expect(409, "APPROVAL_ALREADY_EXECUTED");
        var history = (await _service.As("rae").GetAsync($"/requests/{request}/history?limit=200")).Expect(200);
        Assert.Contains("execution_claimed", history.Items.Select(item => item.GetProperty("action").GetString()));
        Assert.True((await _service.As("aud").GetAsync($"/audit/verification?requestId={request}")).Expect(200)["valid"].GetBoolean());
        Assert.True((await _service.As("aud").GetAsync("/audit/verification")).Expect(200)["valid"].GetBoolean());
    }

    [Fact]
    public async Task What_no_policy_covers_is_allowed_and_audited()
    {
        var call = new { actionType = "other.thing", subject = new { type = "thing", id = "7" }, payload = new { amount = 1 } };
        Assert.Equal("allowed", (await _service.As("bot").PostAsync("/gate", call)).Expect(200)["outcome"].GetString());
        var entries = (await _service.As("aud").GetAsync("/audit?action=gate_checked&actor=bot")).Expect(200).Items;
        Assert.Equal("thing", Assert.Single(entries).GetProperty("subject").GetProperty("type").GetString());
        Assert.Equal("allowed", (await _service.As("rae").PostAsync("/gate", Stories.Bill("B-3", amount: 100))).Expect(200)["outcome"].GetString());
    }

    [Fact]
    public async Task A_policy_that_fails_asks_the_fallback_approvers()
    {
        var pending = (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("1", "fault.check"))).Expect(202);
        var request = (await _service.As("rae").GetAsync($"/requests/{pending.RequestId}")).Expect(200);
        var approvers = request["levels"][0].GetProperty("approvers").EnumerateArray().Select(each => each.GetProperty("id").GetString());
        Assert.Equal(["adm", "ava"], approvers);
    }

    [Fact]
    public async Task A_rejection_stands_until_the_caller_reopens_it()
    {
        var request = await Stories.PendingAsync(_service, "r");
        (await Stories.DecideAsync(_service, "mo", request, "reject", "Too much.")).Expect(200);
        var denied = (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("r"))).Expect(403, "APPROVAL_DENIED");
        Assert.Equal((request, "Too much."), (denied.RequestId, denied["reason"].GetString()));
        (await _service.As("rae").GetAsync($"/gate/{request}")).Expect(403, "APPROVAL_DENIED");
        var again = new { actionType = "one.thing", subject = new { type = "thing", id = "r" }, payload = new { id = "r" }, reopen = true };
        Assert.NotEqual(request, (await _service.As("rae").PostAsync("/gate", again)).Expect(202).RequestId);
    }

    [Fact]
    public async Task A_waiting_caller_hears_of_the_decision_at_once()
    {
        var request = await Stories.PendingAsync(_service, "w");
        var waiting = _service.As("rae").GetAsync($"/gate/{request}?wait=30");
        (await DecideAsync("mo", request)).Expect(200);
        (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).Expect(200);
    }

    [Fact]
    public async Task Nobody_in_time_is_a_timeout()
    {
        var request = (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("q", "quick.expiry"))).Expect(202).RequestId;
        (await _service.As("rae").GetAsync($"/gate/{request}?wait=30")).Expect(408, "APPROVAL_TIMEOUT");
        Assert.NotEqual(request, (await _service.As("rae").PostAsync("/gate", Stories.OneLevel("q", "quick.expiry"))).Expect(202).RequestId);
    }

    [Fact]
    public async Task Only_the_requester_is_told_the_grant_and_can_claim_it()
    {
        var (request, grant) = await Stories.ApprovedAsync(_service, "g");
        Assert.False((await _service.As("mo").GetAsync($"/gate/{request}")).Expect(200).Body.TryGetProperty("grant", out _));
        (await _service.As("mo").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "g" } })).Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await _service.As("rob").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "g" } })).Expect(404);
        (await _service.As("rae").PostAsync($"/gate/{request}/execution", new { grant = grant + "x", payload = new { id = "g" } }))
            .Expect(403, "APPROVAL_NOT_AUTHORIZED");
        (await _service.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "g" } })).Expect(201);
        var refused = (await _service.As("aud").GetAsync($"/audit?action=execution_claimed&requestId={request}")).Expect(200).Items
            .Count(entry => entry.GetProperty("outcome").GetString() == "refused");
        Assert.Equal(2, refused);
    }

    [Fact]
    public async Task Calls_at_the_same_time_start_one_request()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _service.As("rae").PostAsync("/gate", Stories.OneLevel("same"))));
        Assert.Single(answers.Select(answer => answer.Expect(202).RequestId).Distinct());
        var (request, grant) = await Stories.ApprovedAsync(_service, "once");
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            _service.As("rae").PostAsync($"/gate/{request}/execution", new { grant, payload = new { id = "once" } })));
        Assert.Single(claims, claim => claim.Status == 201);
    }

    private Task<Answer> DecideAsync(string person, string request) => Stories.DecideAsync(_service, person, request, "approve");
}
