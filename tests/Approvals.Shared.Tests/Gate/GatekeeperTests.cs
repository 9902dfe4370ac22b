using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Gate;
using Approvals.Policies;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Tenants;
using Approvals.Testing;
using Approvals.Types;
using Approvals.Values;

namespace Approvals.Shared.Tests.Gate;

public sealed class GatekeeperTests
{
    [Fact]
    public async Task Check_engineGivesNeitherRequestNorRefusal_isAFaultAndNeverAllowed()
    {
        var gate = new Gatekeeper(new SilentEngine(), ApprovalTypes.BuiltIn, new ManualTime());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await gate.CheckAsync(Rita(), Origin.Internal, Call(Value.Map()), CancellationToken.None));
    }

    [Theory]
    [InlineData("Hire {payload.agentConfig.name}", "Hire •••")]
    [InlineData(null, "Hire Agent: ••• (clerk)")]
    public async Task Check_titleOfASensitiveField_isMaskedByThePolicysAndByTheTypesTemplate(string? template, string title)
    {
        var engine = new SilentEngine();
        var gate = new Gatekeeper(engine, ApprovalTypes.BuiltIn, new ManualTime());
        var caller = Rita(template, "payload.agentConfig.name");
        var payload = Value.Map(("agentConfig", Value.Map(("name", Value.From("Agent 47")), ("role", Value.From("clerk")))));

        await Record.ExceptionAsync(async () => await gate.CheckAsync(caller, Origin.Internal, Call(payload) with { RequestType = "hire_agent" }, CancellationToken.None));

        Assert.Equal(title, engine.Started?.Create.Snapshot?.Title);
    }

    [Theory]
    [InlineData("purchasing.order.place", "Purchasing.order.place", "purchasing.order.place")]
    [InlineData("purchasing.order.place", "purchasing.ORDER.place", "purchasing.order.place")]
    [InlineData("purchasing.*", "Purchasing.order.place", "purchasing.*")]
    [InlineData("purchasing.order.*", "purchasing.Order.place.now", "purchasing.order.*")]
    public async Task Check_actionTypeInAnotherCaseThanAPolicys_isRefusedAndRecorded(string covered, string called, string meant)
    {
        var engine = new SilentEngine();
        var gate = new Gatekeeper(engine, ApprovalTypes.BuiltIn, new ManualTime());
        foreach (var policies in new[] { new[] { covered }, [covered, "*"] })
        {
            var result = await gate.CheckAsync(Covering("false", policies), Origin.Internal, Call(Value.Map()) with { ActionType = called }, CancellationToken.None);

            Assert.Equal("VALIDATION_FAILED", result.Refusal?.Code);
            Assert.Contains($"'{meant}'", result.Refusal?.Detail, StringComparison.Ordinal);
            Assert.Equal((AuditAction.GateChecked, AuditOutcome.Refused, called), (engine.Recorded[^1].Action, engine.Recorded[^1].Outcome, engine.Recorded[^1].ActionType));
        }
    }

    [Theory]
    // Its own policy says that it is allowed, whatever others are called.
    [InlineData("purchasing.order", "purchasing.order Purchasing.order")]
    [InlineData("purchasing.order", "purchasing.* Purchasing.order")]
    [InlineData("purchasing.order", "sales.*")]
    [InlineData("purchasing.order", "purchasingx.*")]
    [InlineData("purchasing", "Purchasing.*")]
    public async Task Check_actionTypeThatIsNoOtherOnesMisspelling_isAllowed(string called, string covered)
    {
        var engine = new SilentEngine();
        var gate = new Gatekeeper(engine, ApprovalTypes.BuiltIn, new ManualTime());

        var result = await gate.CheckAsync(Covering("false", covered.Split(' ')), Origin.Internal, Call(Value.Map()) with { ActionType = called }, CancellationToken.None);

        Assert.Equal((null, false, AuditOutcome.Ok), (result.Refusal, result.Evaluation.NeedsApproval, engine.Recorded[^1].Outcome));
    }

    private static Caller Covering(string when, params string[] actionTypes)
    {
        var rita = Rita();
        var policies = actionTypes.Select((type, i) => new PolicyVersion
        {
            Policy = new Policy { Key = $"p{i}", Name = type, ActionTypes = [type], When = when, Levels = [Contoso.Level("Manager", "ana")] },
            Version = 1,
            Status = PolicyStatus.Active,
            Source = Value.Map(),
            CreatedBy = "olga",
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        return new Caller(rita.Actor, rita.Tenant with { Policies = new PolicySet(policies) });
    }

    private static GateCall Call(Value payload) => new() { ActionType = "a.b", Subject = new Subject("x", "1"), Payload = payload, RequestId = "r1" };

    private static Caller Rita(string? titleTemplate = null, params ImmutableArray<string> sensitive)
    {
        var policy = new PolicyVersion
        {
            Policy = new Policy
            {
                Key = "p",
                Name = "All",
                ActionTypes = ["*"],
                Levels = [Contoso.Level("Manager", "ana")],
                TitleTemplate = titleTemplate,
                Sensitive = sensitive,
            },
            Version = 1,
            Status = PolicyStatus.Active,
            Source = Value.Map(),
            CreatedBy = "olga",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var tenant = Contoso.Tenant() with { Policies = new PolicySet([policy]) };
        return new Caller(tenant.Directory.Find("rita")!.ToActor(), tenant);
    }

    /// <summary>An engine with a fault: it loses what it was given.</summary>
    private sealed class SilentEngine : IRequestEngine
    {
        public StartRequest? Started { get; private set; }

        public ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation)
        {
            Started = start;
            return new(new StartResult(null, Created: false, null));
        }

        public ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation) => new(new CommandResult(null, null));

        public List<AuditDraft> Recorded { get; } = [];

        public ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation)
        {
            Recorded.AddRange(entries);
            return default;
        }
    }
}
