using System.Text.Json;
using Approvals.Client.AI;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Approvals.Client.Tests;

/// <summary>Tools of agents behind the gate, with scripted models and the running service.</summary>
[Collection(Running.Name)]
public sealed class ToolTests(Running service)
{
    private readonly List<string> _paid = [];

    private static readonly GatedToolOptions Options = new()
    {
        ActionType = "purchasing.vendorBill.post",
        Subject = arguments => ("vendorBill", arguments.GetProperty("number").GetString()!),
    };

    private AIFunction Pay => AIFunctionFactory.Create(
        (string number, int amount) =>
        {
            lock (_paid)
            {
                _paid.Add(number);
            }
            return $"Paid {amount} for {number}.";
        },
        "pay_bill",
        "Pays a vendor's bill.");

    [Fact]
    public async Task A_model_is_told_while_a_call_waits_and_the_same_call_runs_once_approved()
    {
        var tool = Pay.RequireApproval(service.As("bot-7"), Options);
        var first = await InvokeAsync(tool, "T-1");
        Assert.Equal("pending", first.GetProperty("status").GetString());
        Assert.Empty(_paid);

        await service.DecideAsync("mika", first.GetProperty("requestId").GetString()!, "approve");
        Assert.Equal("Paid 9000 for T-1.", (await InvokeAsync(tool, "T-1")).GetString());
        Assert.Equal("pending", (await InvokeAsync(tool, "T-1")).GetProperty("status").GetString());
        Assert.Equal(["T-1"], _paid);
    }

    [Fact]
    public async Task A_model_is_told_the_reason_of_a_rejection()
    {
        var tool = Pay.RequireApproval(service.As("bot-7"), Options);
        var first = await InvokeAsync(tool, "T-2");
        await service.DecideAsync("mika", first.GetProperty("requestId").GetString()!, "reject", "No such bill.");
        var denied = await InvokeAsync(tool, "T-2");
        Assert.Equal("denied", denied.GetProperty("status").GetString());
        Assert.Contains("No such bill.", denied.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(_paid);
    }

    [Fact]
    public async Task A_service_that_is_away_keeps_the_tool_from_running()
    {
        var tool = Pay.RequireApproval(new ApprovalsClient(new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1/") }), Options);
        Assert.Equal("denied", (await InvokeAsync(tool, "T-3")).GetProperty("status").GetString());
        Assert.Empty(_paid);
    }

    [Fact]
    public async Task Calls_in_one_response_are_gated_each_on_its_own()
    {
        var model = new ScriptedModel(
            Calls(("c1", "T-4"), ("c2", "T-5")),
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "Both wait.")));
        var agent = new ChatClientAgent(model, new ChatClientAgentOptions { ChatOptions = new() { Tools = [Pay.RequireApproval(service.As("bot-7"), Options)] } });
        await agent.RunAsync("Pay both.");

        var results = model.Seen[1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => (JsonElement)result.Result!).ToList();
        Assert.Equal(2, results.Count);
        Assert.Equal(2, results.Select(result => result.GetProperty("requestId").GetString()).Distinct().Count());
        Assert.All(results, result => Assert.Equal("pending", result.GetProperty("status").GetString()));
        Assert.Empty(_paid);
    }

    [Fact]
    public async Task An_agent_that_starts_again_while_it_waits_finds_its_request_and_runs_the_action_once()
    {
        // The first process asks, and ends while it waits; its session is kept as JSON.
        AITool[] tools = [Pay.RequireApprovalFirst(service.As("bot-7"), Options)];
        var first = new ChatClientAgent(new ScriptedModel(Calls(("c1", "T-6"))), new ChatClientAgentOptions { ChatOptions = new() { Tools = tools } });
        var session = await first.CreateSessionAsync();
        var asked = Requests(await first.RunAsync("Pay T-6.", session));
        Assert.Null(await new ToolApprovals(service.As("bot-7"), tools).AnswerAsync(Assert.Single(asked)));
        var kept = await first.SerializeSessionAsync(session);

        var waiting = await service.PendingAsync("mika", "T-6");
        await service.DecideAsync("mika", waiting, "approve");

        // The second one asks about the same call.
        var model = new ScriptedModel(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Paid.")));
        var second = new ChatClientAgent(model, new ChatClientAgentOptions { ChatOptions = new() { Tools = tools } });
        var resumed = await second.DeserializeSessionAsync(kept);
        var answer = await new ToolApprovals(service.As("bot-7"), tools).AnswerAsync(asked[0]);
        Assert.True(answer!.Approved);
        await second.RunAsync(new ChatMessage(ChatRole.User, [answer]), resumed);

        Assert.Equal(["T-6"], _paid);
        Assert.Equal("succeeded", (await service.HistoryAsync(waiting, "mika")).Last(entry => entry.Action == "execution_reported").Detail);
        // An answer that is used twice runs nothing: the tool itself asks the gate.
        var replayed = new ScriptedModel(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Paid again?")));
        var third = new ChatClientAgent(replayed, new ChatClientAgentOptions { ChatOptions = new() { Tools = tools } });
        await third.RunAsync(new ChatMessage(ChatRole.User, [answer]), await third.DeserializeSessionAsync(kept));
        Assert.Equal(["T-6"], _paid);
    }

    [Fact]
    public async Task A_call_of_a_tool_that_is_not_gated_is_rejected()
    {
        AITool[] tools = [Pay];
        var request = new ToolApprovalRequestContent("a1", new FunctionCallContent("c1", "pay_bill", new Dictionary<string, object?> { ["number"] = "T-7" }));
        Assert.False((await new ToolApprovals(service.As("bot-7"), tools).AnswerAsync(request))!.Approved);
    }

    private static async Task<JsonElement> InvokeAsync(AIFunction tool, string number)
    {
        var result = await tool.InvokeAsync(new AIFunctionArguments { ["number"] = number, ["amount"] = 9000 });
        return (JsonElement)result!;
    }

    private static ChatResponse Calls(params (string Id, string Number)[] calls) => new(new ChatMessage(
        ChatRole.Assistant,
        [.. calls.Select(call => new FunctionCallContent(call.Id, "pay_bill", new Dictionary<string, object?> { ["number"] = call.Number, ["amount"] = 9000 }))]));

    private static List<ToolApprovalRequestContent> Requests(AgentResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>()];

    /// <summary>A model that gives prepared responses in turn.</summary>
    private sealed class ScriptedModel(params ChatResponse[] responses) : IChatClient
    {
        private int _next;

        public List<List<ChatMessage>> Seen { get; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Seen.Add([.. messages]);
            return Task.FromResult(responses[_next++]);
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose()
        {
        }
    }
}
