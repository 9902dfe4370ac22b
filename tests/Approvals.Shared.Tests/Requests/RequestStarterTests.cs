using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Chains;
using Approvals.Chains.Levels;
using Approvals.Chains.State;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Requests;
using Approvals.Testing;
using Approvals.Tests.Tenants;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Requests;

public sealed class RequestStarterTests
{
    private static readonly ApprovalTypes Types = ApprovalTypes.Parse("""
        [ { "type": "room", "sideEffect": { "url": "https://rooms.test", "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=" } },
          { "type": "desk", "actionType": "desks.move", "sideEffect": { "url": "https://desks.test", "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgGmQ=" } },
          { "type": "plain", "actionType": "plain.thing" } ]
        """u8);

    /// <summary>Somebody other than any policy asks, and a way around them.</summary>
    private static readonly LevelDefinition Own = Contoso.Level("Own", "dan") with { When = "false" };

    /// <summary>Who may bring levels: nobody, where a policy or a side effect is about it.</summary>
    [Theory]
    [InlineData("expense", null, false, null, null, "Fallback", "expense")]
    [InlineData("expense", null, true, null, null, "Own", "expense")]
    [InlineData("expense", "bill.post", true, "bill.post", null, RefusalCode.InvalidLevel, "")]
    [InlineData("expense", "bill.post", true, "*", null, RefusalCode.InvalidLevel, "")]
    [InlineData("expense", "Bill.post", true, "bill.post", null, RefusalCode.ValidationFailed, "")]
    [InlineData("expense", "bill.post", true, "bill.*", "payload.amount > 100", RefusalCode.InvalidLevel, "")]
    [InlineData("expense", "bill.post", false, "bill.post", null, "Policy", "bill.post")]
    [InlineData("expense", "bill.post", false, "bill.post", "payload.amount > 100", "Fallback", "bill.post")]
    [InlineData("expense", "bill.post", false, "bill.post", "payload.none.at > 1", "Fallback", "bill.post")]
    [InlineData("plain", null, true, null, null, "Own", "plain.thing")]
    [InlineData("plain", "bill.post", true, null, null, "Own", "bill.post")]
    [InlineData("room", null, true, null, null, RefusalCode.InvalidLevel, "")]
    [InlineData("room", null, false, null, null, "Fallback", "types.room")]
    [InlineData("room", null, false, "types.room", null, "Policy", "types.room")]
    [InlineData("room", "bill.post", false, null, null, RefusalCode.ValidationFailed, "")]
    [InlineData("room", "room", false, null, null, RefusalCode.ValidationFailed, "")]
    [InlineData("desk", null, false, "desks.move", null, "Policy", "desks.move")]
    [InlineData("desk", "types.desk", false, null, null, RefusalCode.ValidationFailed, "")]
    [InlineData("api_key_request", null, true, null, null, RefusalCode.InvalidLevel, "")]
    [InlineData("api_key_request", null, false, null, null, "Fallback", "types.api_key_request")]
    public async Task Start_levelsAndActionType(
        string type, string? actionType, bool ownLevels, string? covered, string? when, string expected, string action)
    {
        var engine = Engine(covered, when);
        var request = new DirectRequest
        {
            RequestId = "r1",
            RequestType = type,
            ActionType = actionType,
            Title = "T",
            Subject = new Subject("x", "1"),
            Payload = JsonText.Parse("""{"amount":5,"service":"s"}"""),
            Levels = ownLevels ? [Own] : null,
        };
        var result = await new RequestStarter(engine, Types, new ManualTime()).StartAsync(engine.Caller("rita"), Origin.Internal, request, default);

        Assert.Equal(expected, result.Refusal?.Code ?? result.Request!.State.Levels[0].Definition.Name);
        if (result.Request?.State is { } state)
        {
            Assert.Equal((action, RequestOrigin.Direct, expected == "Own"), (state.ActionType, state.Origin, state.RequesterLevels));
            Assert.Null(state.Grant);
        }
    }

    [Theory]
    [InlineData("room", "bill.post", RefusalCode.ValidationFailed)]
    [InlineData("room", "types.room", null)]
    [InlineData("desk", "desks.move", null)]
    [InlineData("api_key_request", "bill.post", RefusalCode.ValidationFailed)]
    [InlineData("plain", "bill.post", null)]
    [InlineData("action", "bill.post", null)]
    public async Task Check_typeWithASideEffect_isAskedForUnderItsOwnActionType(string type, string actionType, string? code)
    {
        var engine = Engine("*", null);
        var call = new GateCall { ActionType = actionType, RequestType = type, Subject = new Subject("x", "1"), Payload = Value.Map(), RequestId = "r1" };
        var result = await new Gatekeeper(engine, Types, new ManualTime()).CheckAsync(engine.Caller("rita"), Origin.Internal, call, default);

        Assert.Equal((code, code is null), (result.Refusal?.Code, result.Request is not null));
    }

    private static MemoryEngine Engine(string? covered, string? when)
    {
        ImmutableArray<Policy> policies = covered is null
            ? []
            : [World.Policy("p", covered, when) with { Levels = [Contoso.Level("Policy", "ana")] }];
        return new MemoryEngine(new ManualTime(), Contoso.Tenant().With([.. policies]));
    }
}
