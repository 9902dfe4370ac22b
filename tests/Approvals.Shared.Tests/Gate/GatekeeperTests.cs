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
        var policy = new PolicyVersion
        {
            Policy = new Policy { Key = "p", Name = "All", ActionTypes = ["*"], Levels = [Contoso.Level("Manager", "ana")] },
            Version = 1,
            Status = PolicyStatus.Active,
            Source = Value.Map(),
            CreatedBy = "olga",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var tenant = Contoso.Tenant() with { Policies = new PolicySet([policy]) };
        var caller = new Caller(tenant.Directory.Find("rita")!.ToActor(), tenant);
        var call = new GateCall { ActionType = "a.b", Subject = new Subject("x", "1"), Payload = Value.Map(), RequestType = GateCall.GenericType, RequestId = "r1" };

        var gate = new Gatekeeper(new SilentEngine(), ApprovalTypes.BuiltIn, new ManualTime());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await gate.CheckAsync(caller, Origin.Internal, call, CancellationToken.None));
    }

    /// <summary>An engine with a fault: it loses what it was given.</summary>
    private sealed class SilentEngine : IRequestEngine
    {
        public ValueTask<StartResult> StartAsync(StartRequest start, CancellationToken cancellation) => new(new StartResult(null, Created: false, null));

        public ValueTask<CommandResult> SendAsync(CommandEnvelope envelope, CancellationToken cancellation) => new(new CommandResult(null, null));

        public ValueTask RecordAsync(ImmutableArray<AuditDraft> entries, CancellationToken cancellation) => default;
    }
}
