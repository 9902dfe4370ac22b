using System.Text.Json;

namespace Approvals.Standalone.Tests.Api;

/// <summary>What answers don't tell: where people act from, where side effects go, who exists.</summary>
public sealed class DisclosureTests : IAsyncLifetime
{
    private Service _service = null!;

    public async Task InitializeAsync()
    {
        var types = Path.GetTempFileName();
        await File.WriteAllTextAsync(types, """[{"type":"room","sideEffect":{"url":"https://rooms.test/secret-path","secret":"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}}]""");
        _service = await Service.StartAsync([$"--Approvals:Types={types}"]);
        File.Delete(types);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("rae", false)]
    [InlineData("mo", false)]
    [InlineData("ove", false)]
    [InlineData("rex", false)]
    [InlineData("aud", true)]
    [InlineData("adm", true)]
    public async Task Addresses_and_browsers_are_for_those_who_may_audit(string reader, bool may)
    {
        var request = await Stories.PendingAsync(_service, "history", reader == "rex" ? "rex" : "rae");
        var text = new StringContent("""{"comment":"Looks fine."}""", System.Text.Encoding.UTF8, "application/json");
        (await _service.As("adm").SendAsync(HttpMethod.Post, $"/requests/{request}/comments", text, ("User-Agent", "Browser of the approver"))).Expect(200);

        var history = (await _service.As(reader).GetAsync($"/requests/{request}/history?limit=200")).Expect(200);
        Assert.NotEmpty(history.Items);
        Assert.Equal(may, history.Items.Any(item => item.TryGetProperty("ip", out _)));
        Assert.Equal(may, history.Items.Any(item => item.TryGetProperty("userAgent", out _)));
        Assert.All(history.Items, item => Assert.Equal(64, item.GetProperty("hash").GetString()!.Length));
        Assert.All(history.Items, item => Assert.True(item.TryGetProperty("traceId", out _) || item.GetProperty("actor").GetProperty("type").GetString() == "system"));
    }

    [Fact]
    public async Task Types_say_whether_something_follows_not_where()
    {
        var types = (await _service.As("rae").GetAsync("/types?limit=200")).Expect(200);
        var effects = types.Items.ToDictionary(type => type.GetProperty("type").GetString()!, type => type.GetProperty("sideEffect").GetBoolean());
        Assert.Equal((true, true, false), (effects["room"], effects["api_key_request"], effects["action"]));
        Assert.DoesNotContain("rooms.test", types.Text, StringComparison.Ordinal);
    }

    /// <summary>Whoever may not route a place gets the same answer for people, agents and nobody.</summary>
    [Theory]
    [InlineData("rae", 403)]
    [InlineData("fay", 403)]
    [InlineData("aud", 403)]
    [InlineData("rob", 404)]
    [InlineData("bot", 404)]
    [InlineData("rex", 404)]
    public async Task Assignments_tell_nobody_who_exists(string caller, int status)
    {
        var request = (await _service.As("rae").PostAsync("/gate", Stories.Bill("B-who"))).Expect(202).RequestId;
        foreach (var kind in new[] { "reassign", "add" })
        {
            var answers = new List<string>();
            foreach (var to in new[] { "mia", "bot", "nobody" })
            {
                var answer = (await _service.As(caller).PostAsync($"/requests/{request}/assignments", new { kind, to })).Expect(status);
                answers.Add($"{answer.Code} {answer["detail"]}");
            }

            Assert.Single(answers.Distinct());
        }
    }

    [Fact]
    public async Task Assignments_tell_those_who_may_route_what_is_wrong()
    {
        var request = (await _service.As("rae").PostAsync("/gate", Stories.Bill("B-mo"))).Expect(202).RequestId;
        var answer = (await _service.As("mo").PostAsync($"/requests/{request}/assignments", new { kind = "reassign", to = "nobody" })).Expect(400, "VALIDATION_FAILED");
        Assert.Equal("/to", answer["fields"][0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("pol", true)]
    [InlineData("adm", true)]
    [InlineData("aud", true)]
    [InlineData("rae", false)]
    [InlineData("bot", false)]
    public async Task Simulation_names_people_to_those_who_may_read_the_directory(string caller, bool named)
    {
        var input = new { actionType = World.Bill, payload = Stories.Payload() };
        var simulated = (await _service.As(caller).PostAsync("/policies/simulation", new { key = World.Bill, input })).Expect(200);
        Assert.False(simulated.Body.TryGetProperty("refusal", out _));
        var finance = simulated["levels"][1];
        Assert.Equal(named ? ["fay", "fox"] : [], finance.GetProperty("approvers").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(2, finance.GetProperty("approverCount").GetInt32());

        var card = (await _service.As(caller).PostAsync("/copilot/tools/simulate_policy", new { key = World.Bill, input })).Expect(200).Text;
        Assert.Equal(named, card.Contains("Fay", StringComparison.Ordinal));
        Assert.Equal(!named, card.Contains("2 people", StringComparison.Ordinal));
    }

    /// <summary>Whatever others ask, people of the directory answer like people made up.</summary>
    [Theory]
    [InlineData("rob")]
    [InlineData("mo")]
    [InlineData("fay")]
    [InlineData("bot")]
    public async Task Simulation_tells_nobody_who_exists(string somebody)
    {
        async Task<string> LevelsAsync(object? actor, object policy) =>
            (await _service.As("rae").PostAsync("/policies/simulation", Merge(policy, actor))).Expect(200)["levels"].GetRawText();

        var stored = new { key = World.Bill };
        Assert.Equal(await LevelsAsync("made-up", stored), await LevelsAsync(somebody, stored));
        Assert.Equal(await LevelsAsync(new { id = "made-up" }, stored), await LevelsAsync(new { id = somebody }, stored));
        Assert.Equal(await LevelsAsync(null, Probe("user:made-up")), await LevelsAsync(null, Probe($"user:{somebody}")));

        static object Probe(string approver) => new
        {
            policy = new { key = "probe", name = "Probe", actionTypes = new[] { "bill.post" }, levels = new[] { new { name = "One", approvers = new[] { approver } } } },
        };

        static Dictionary<string, object?> Merge(object policy, object? actor)
        {
            var body = JsonSerializer.SerializeToElement(policy).EnumerateObject().ToDictionary(member => member.Name, object? (member) => member.Value);
            body["input"] = actor is null
                ? new { actionType = World.Bill, payload = Stories.Payload() }
                : new { actionType = World.Bill, payload = Stories.Payload(), actor };
            return body;
        }
    }

    /// <summary>Who has no part in a delegation can't tell it from none.</summary>
    [Theory]
    [InlineData("rob")]
    [InlineData("bot")]
    [InlineData("fay")]
    [InlineData("ops")]
    public async Task Delegations_of_others_are_as_if_they_were_not(string caller)
    {
        var id = (await _service.As("mo").PostAsync("/delegations", new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) })).Expect(201).Id;
        foreach (var each in new[] { id, "nothing" })
        {
            (await _service.As(caller).GetAsync($"/delegations/{each}")).Expect(404, "APPROVAL_NOT_FOUND");
            (await _service.As(caller).DeleteAsync($"/delegations/{each}")).Expect(404, "APPROVAL_NOT_FOUND");
        }

        // For another's authority it makes no difference whether there is such a person.
        var body = new { @delegate = "mia", until = DateTimeOffset.UtcNow.AddDays(1) };
        var answers = new List<string>();
        foreach (var delegator in new[] { "mo", "nobody" })
        {
            answers.Add((await _service.As(caller).PostAsync("/delegations", new { delegator, body.@delegate, body.until })).Expect(403).Code);
        }

        Assert.Single(answers.Distinct());
    }
}
