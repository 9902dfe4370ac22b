using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Testing;
using Approvals.Tests.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Requests;

/// <summary>Submission and resubmission: policies, levels, titles, masks and schemas on the payload as it is now.</summary>
public sealed class EvaluatedAnewTests
{
    private static readonly ApprovalTypes Types = ApprovalTypes.Parse("""
        [ { "type": "bill", "metadataSchema": { "type": "object", "required": ["amount"], "properties": { "amount": { "type": "number" } } } },
          { "type": "room", "sideEffect": { "url": "https://rooms.test", "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=" } } ]
        """u8);

    private static readonly Policy Small = World.Policy("small", "bill.*", "payload.amount < 10000") with
    {
        Levels = [Contoso.Level("Manager", "ana")],
        TitleTemplate = "Bill over {payload.amount}",
        Sensitive = ["payload.iban"],
    };

    private static readonly Policy Big = World.Policy("big", "*", "payload.amount >= 10000", priority: 9) with
    {
        Levels = [Contoso.Level("CFO", "cleo")],
        Sensitive = ["payload.pin"],
    };

    private readonly ManualTime _time = new();
    private readonly MemoryEngine _engine;
    private readonly RequestCommands _commands;

    public EvaluatedAnewTests()
    {
        _engine = new MemoryEngine(_time, Contoso.Tenant().With(Small, Big));
        _commands = new RequestCommands(_engine, _engine, Types, _time);
    }

    [Fact]
    public async Task Another_amount_is_the_policys_that_asks_about_it()
    {
        await GateAsync(6000);
        var request = await ResubmitAsync(9_000_000);
        Assert.Equal(("big@1", "CFO", "in_review"), Of(request));
        Assert.Equal("payload.pin", Assert.Single(request.Snapshot.Sensitive));

        var refused = await SendAsync("ana", new Command.Approve { By = Actor.System });
        Assert.Equal(RefusalCode.NotAuthorized, refused.Receipt!.Refusal?.Code);
        var approved = await SendAsync("cleo", new Command.Approve { By = Actor.System });
        Assert.NotNull(approved.Request!.State.Grant);
    }

    [Fact]
    public async Task An_unchanged_policy_keeps_its_pin_and_a_changed_one_takes_its_place()
    {
        await GateAsync(6000);
        var request = await ResubmitAsync(7000);
        Assert.Equal(("small@1", "Manager", "in_review"), Of(request));
        Assert.Equal("Bill over 7000", request.Snapshot.Title);

        _engine.Tenant = Contoso.Tenant() with { Policies = new PolicySet([World.Active(Small with { Levels = [Contoso.Level("Two", "ana"), Contoso.Level("Three", "dan")] }, 2)]) };
        request = await ResubmitAsync(8000);
        Assert.Equal(("small@2", "Two Three", "in_review"), Of(request));
        Assert.Equal("small@2", _engine.Trail.Last(entry => entry.Action == "resubmitted") is var entry ? $"{entry.PolicyKey}@{entry.PolicyVersion}" : null);
    }

    [Fact]
    public async Task What_no_policy_asks_any_more_is_the_fallback_approvers()
    {
        await GateAsync(6000);
        _engine.Tenant = Contoso.Tenant();
        var request = await ResubmitAsync(6001);
        Assert.Equal(("", "Fallback", "in_review"), Of(request));
        Assert.Equal("olga", request.State.Levels[0].Groups[0].Approvers[0].Person);
        Assert.Equal("payload.iban", Assert.Single(request.Snapshot.Sensitive));
    }

    [Theory]
    [InlineData("bill", true, false, "", "Own")]
    [InlineData("bill", false, false, "", "Fallback")]
    [InlineData("bill", true, true, "small@1", "Manager")]
    [InlineData("bill", false, true, "small@1", "Manager")]
    [InlineData("room", false, false, "", "Fallback")]
    public async Task A_draft_is_submitted_to_whom_the_policies_ask_now(string type, bool ownLevels, bool covered, string policy, string levels)
    {
        _engine.Tenant = Contoso.Tenant();
        await DraftAsync(type, ownLevels, "T");
        _engine.Tenant = covered ? Contoso.Tenant().With(Small) : Contoso.Tenant();
        var submitted = await SendAsync("rita", new Command.Submit { By = Actor.System });
        Assert.Equal((policy, levels, "in_review"), Of(submitted.Request!));
        Assert.Equal((covered ? 2 : 1, covered, "T"), (
            submitted.Request!.Snapshot.Number, submitted.Request.Snapshot.Sensitive.Contains("payload.iban"), submitted.Request.Snapshot.Title));
    }

    [Fact]
    public async Task A_payload_that_is_not_the_types_and_a_title_without_measure_are_refused()
    {
        await GateAsync(6000);
        await SendAsync("ana", new Command.RequestChanges(null) { By = Actor.System });
        var wrong = await TryResubmitAsync("""{"amount":"9"}""");
        Assert.Equal((RefusalCode.ValidationFailed, "/payload/amount"), (wrong.Receipt!.Refusal!.Code, wrong.Receipt.Refusal.Fields[0].Pointer));
        wrong = await TryResubmitAsync("""{"amount":9}""", new string('t', 501));
        Assert.Equal((RefusalCode.ValidationFailed, "/title"), (wrong.Receipt!.Refusal!.Code, wrong.Receipt.Refusal.Fields[0].Pointer));
        Assert.Equal(RequestStatus.ChangesRequested, wrong.Request!.State.Status);
        Assert.Null((await TryResubmitAsync("""{"amount":9}""", "Mine")).Receipt!.Refusal);
    }

    private async Task GateAsync(double amount)
    {
        var call = new GateCall
        {
            ActionType = "bill.post",
            RequestType = "bill",
            Subject = new Subject("bill", "1"),
            Payload = Value.Map(("amount", Value.From(amount)), ("iban", Value.From("DE02"))),
            RequestId = "r1",
        };
        var started = await new Gatekeeper(_engine, Types, _time).CheckAsync(_engine.Caller("rita"), Origin.Internal, call, default);
        Assert.Equal(("small@1", "Manager", "in_review"), Of(started.Request!));
    }

    private async Task DraftAsync(string type, bool ownLevels, string? title) =>
        Assert.Equal(RequestStatus.Draft, (await new RequestStarter(_engine, Types, _time).StartAsync(_engine.Caller("rita"), Origin.Internal, new DirectRequest
        {
            RequestId = "r1",
            RequestType = type,
            ActionType = type == "room" ? null : "bill.post",
            Title = title,
            Subject = new Subject("bill", "1"),
            Payload = Value.Map(("amount", Value.From(5.0)), ("iban", Value.From("DE02"))),
            Levels = ownLevels ? [Contoso.Level("Own", "dan")] : null,
            Submit = false,
        }, default)).Request!.State.Status);

    private async Task<StoredRequest> ResubmitAsync(double amount)
    {
        foreach (var person in (string[])["ana", "dan", "cleo", "olga"])
        {
            await SendAsync(person, new Command.RequestChanges("Another") { By = Actor.System });
        }
        var result = await TryResubmitAsync($$"""{"amount":{{amount}},"iban":"DE02"}""");
        Assert.Null(result.Receipt!.Refusal);
        return result.Request!;
    }

    private async Task<CommandResult> TryResubmitAsync(string payload, string? title = null)
    {
        var rita = _engine.Caller("rita");
        var request = (await _engine.FindAsync(Contoso.Id, "r1", default))!;
        var snapshot = request.Snapshot.Next(rita.Actor, JsonText.Parse(payload), _time.GetUtcNow(), title);
        return await _commands.SendAsync(
            rita, Origin.Internal, request, Guid.NewGuid().ToString("N"), new(new Command.Resubmit(snapshot.PayloadHash) { By = rita.Actor }, snapshot), default);
    }

    private async Task<CommandResult> SendAsync(string person, Command command) =>
        (await _commands.SendAsync(_engine.Caller(person), Origin.Internal, (await _engine.FindAsync(Contoso.Id, "r1", default))!, Guid.NewGuid().ToString("N"), new(command), default));

    /// <summary>The policy, the levels and the status.</summary>
    private static (string Policy, string Levels, string Status) Of(StoredRequest request) => (
        request.State.Policy is { } policy ? $"{policy.Key}@{policy.Version}" : "",
        string.Join(' ', request.State.Levels.Select(level => level.Definition.Name)),
        Approvals.Api.Json.Words.Of(request.State.Status));
}
