using System.Text;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Testing;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Types;

public sealed class SideEffectTests
{
    private const string Key = "sk-very-secret-key";
    private readonly ManualTime _time = new();
    private readonly MemoryEngine _engine;
    private readonly MemoryVault _vault = new();
    private readonly Decisions _decisions;
    private readonly Effect _effect = new();

    public SideEffectTests()
    {
        _engine = new MemoryEngine(_time, Contoso.Tenant());
        var commands = new RequestCommands(_engine, _engine, ApprovalTypes.BuiltIn, _time);
        _decisions = new Decisions(commands, ApprovalTypes.BuiltIn, new DecisionInputs(_vault), _time);
    }

    [Fact]
    public async Task A_key_typed_at_decision_time_is_in_the_vault_and_nowhere_else()
    {
        await StartAsync();
        var decision = await ApproveAsync("ana", "c1", $$"""{"apiKey":"{{Key}}"}""");
        await RunEffectsAsync();

        Assert.Equal(RequestStatus.Approved, decision.Result!.Request!.State.Status);
        var (name, secret) = Assert.Single(_vault.Secrets);
        Assert.Equal(Key, secret);
        var effect = _engine.Trail.First(entry => entry.Action == "side_effect");
        Assert.Equal(("ok", "vault", name.Name), (effect.Outcome, effect.Details.At("effect")!.Value.AsString(), effect.Details.At("vault.0")!.Value.AsString()));
        Assert.DoesNotContain(Key, string.Join('\n', _engine.Trail.Select(entry => entry.Details.ToString() + entry.Reason)), StringComparison.Ordinal);
        Assert.All(_engine.Outbox.Records, record => Assert.DoesNotContain(Key, Encoding.UTF8.GetString(record.Event.Body.Span), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "/apiKey")]
    [InlineData("""{"apiKey":"short"}""", "/apiKey")]
    [InlineData("""{"apiKey":"long-enough-key","more":1}""", "/more")]
    public async Task Input_that_does_not_fit_decides_nothing(string? input, string pointer)
    {
        await StartAsync();
        var decision = await ApproveAsync("ana", "c1", input);

        Assert.Null(decision.Result);
        Assert.Equal(pointer, Assert.Single(decision.InputFaults).Pointer);
        Assert.Empty(_vault.Secrets);
    }

    [Fact]
    public async Task Who_may_not_approve_gets_nothing_into_the_vault()
    {
        await StartAsync();
        var stranger = await ApproveAsync("olga", "c1", $$"""{"apiKey":"{{Key}}"}""");
        var requester = await ApproveAsync("rita", "c2", null);

        Assert.Equal(RefusalCode.NotAuthorized, stranger.Result!.Receipt!.Refusal!.Code);
        Assert.Equal(RefusalCode.SelfApproval, requester.Result!.Receipt!.Refusal!.Code);
        Assert.Empty(_vault.Secrets);
    }

    [Fact]
    public async Task A_second_decision_does_not_replace_the_key()
    {
        await StartAsync();
        await ApproveAsync("ana", "c1", $$"""{"apiKey":"{{Key}}"}""");
        await ApproveAsync("ana", "c1", """{"apiKey":"another-long-key"}""");
        await ApproveAsync("ana", "c2", """{"apiKey":"another-long-key"}""");
        Assert.Equal(Key, Assert.Single(_vault.Secrets).Value);
    }

    [Fact]
    public async Task Dismissing_needs_no_input()
    {
        await StartAsync();
        var ana = _engine.Caller("ana");
        var decision = await _decisions.SendAsync(ana, Origin.Internal, "r1", "c1", new Command.Reject("no") { By = ana.Actor }, null, default);
        await RunEffectsAsync();

        Assert.Equal(RequestStatus.Rejected, decision.Result!.Request!.State.Status);
        Assert.DoesNotContain(_engine.Trail, entry => entry.Action == "side_effect");
    }

    [Fact]
    public async Task A_failing_effect_is_tried_again_and_a_done_one_is_not_repeated()
    {
        await StartAsync();
        await ApproveAsync("ana", "c1", $$"""{"apiKey":"{{Key}}"}""");
        _effect.Answer = DeliveryResult.Retry("503");
        var results = await RunEffectsAsync();
        Assert.Equal(DeliveryResult.Retry("test: 503"), results);
        Assert.Single(_engine.Trail, entry => entry.Action == "side_effect");

        _effect.Answer = DeliveryResult.Delivered;
        await RunEffectsAsync();
        await RunEffectsAsync();
        Assert.Equal(2, _effect.Calls.Count);
        Assert.Equal(["vault", "test"], _engine.Trail.Where(entry => entry.Action == "side_effect").Select(entry => entry.Details.At("effect")!.Value.AsString()));
        Assert.Equal("ana", _effect.Calls[^1].At("inputs.0.approver")?.AsString());
    }

    [Fact]
    public async Task Giving_up_is_audited()
    {
        await StartAsync();
        await ApproveAsync("ana", "c1", $$"""{"apiKey":"{{Key}}"}""");
        await Consumer().GaveUpAsync(Final(), "test: 503", default);
        var entry = Assert.Single(_engine.Trail, entry => entry.Action == "side_effect");
        Assert.Equal(("failed", "test: 503", "r1"), (entry.Outcome, entry.Reason, entry.RequestId));
    }

    [Fact]
    public async Task An_approval_by_whom_the_requester_chose_has_no_effect()
    {
        // The type came to its effect later, or the request was stored before its action type was its own.
        var start = Contoso.Request("r1", _time.GetUtcNow(), "api_key_request", """{"service":"Anthropic"}""", levels: Contoso.Level("Owner", "ana"));
        var create = (Command.Create)start.Create.Command;
        await _engine.StartAsync(start with { Create = start.Create with { Command = create with { RequesterLevels = true } } }, default);
        await ApproveAsync("ana", "c1", $$"""{"apiKey":"{{Key}}"}""");
        await RunEffectsAsync();
        var other = Contoso.Request("r2", _time.GetUtcNow(), "api_key_request", """{"service":"Anthropic"}""", levels: Contoso.Level("Owner", "ana"));
        await _engine.StartAsync(
            other with { Create = other.Create with { Command = ((Command.Create)other.Create.Command) with { ActionType = "api_key_request" } } }, default);
        await ApproveAsync("ana", "c1", $$"""{"apiKey":"{{Key}}"}""", "r2");
        await RunEffectsAsync();

        Assert.Empty(_effect.Calls);
        Assert.DoesNotContain(_engine.Trail, entry => entry.Action == "side_effect");
    }

    private async Task StartAsync() => await _engine.StartAsync(
        Contoso.Request("r1", _time.GetUtcNow(), "api_key_request", """{"service":"Anthropic"}""", levels: Contoso.Level("Owner", "ana")), default);

    private async Task<Decision> ApproveAsync(string person, string commandId, string? input, string request = "r1")
    {
        var caller = _engine.Caller(person);
        return await _decisions.SendAsync(
            caller, Origin.Internal, request, commandId, new Command.Approve { By = caller.Actor }, input is null ? null : JsonText.Parse(input), default);
    }

    private SideEffectConsumer Consumer() => new(ApprovalTypes.BuiltIn, [new VaultedSecrets(), _effect], _engine, _engine, _time);

    private OutboxEvent Final() => _engine.Outbox.Records.Select(record => record.Event).Last(Consumer().Wants);

    private async Task<DeliveryResult> RunEffectsAsync()
    {
        var consumer = Consumer();
        var results = await consumer.DeliverAsync([.. _engine.Outbox.Records.Where(record => consumer.Wants(record.Event))], default);
        return results.LastOrDefault();
    }

    private sealed class Effect : ISideEffect
    {
        public string Name => "test";

        public DeliveryResult Answer { get; set; } = DeliveryResult.Delivered;

        public List<Value> Calls { get; } = [];

        public bool Follows(ApprovalType type) => type.Type == "api_key_request";

        public ValueTask<DeliveryResult> RunAsync(ApprovedRequest approved, CancellationToken cancellation)
        {
            Calls.Add(approved.ToValue());
            return new(Answer);
        }
    }
}
