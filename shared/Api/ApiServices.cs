using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.SignIn;
using Approvals.Copilot;
using Approvals.Copilot.Risks;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Ports;
using Approvals.Reports;
using Approvals.Requests;
using Approvals.Types;

namespace Approvals.Api;

/// <summary>What the handlers use, looked up once. All of it is shared by all calls.</summary>
public sealed class ApiServices
{
    public required CallerResolver Callers { get; init; }
    public required RateLimit RateLimit { get; init; }
    public required Idempotency Idempotency { get; init; }
    public required TimeProvider Time { get; init; }
    public required ApiOptions Options { get; init; }
    public required Gatekeeper Gate { get; init; }
    public required Executions Executions { get; init; }
    public required GrantTokens Grants { get; init; }
    public required RequestCommands Commands { get; init; }
    public required RequestStarter Starter { get; init; }
    public required ApprovalTypes Types { get; init; }
    public required Decisions Decisions { get; init; }
    public required Publication Publication { get; init; }
    public required Delegating Delegating { get; init; }
    public required RecordedChecks RecordedChecks { get; init; }
    public required Reporting Reports { get; init; }
    public required RiskReading Risks { get; init; }
    public required CopilotTools Copilot { get; init; }
    public OpenCalls Streams { get; } = new(OpenCalls.MaxStreams);
    public OpenCalls Polls { get; } = new(OpenCalls.MaxPolls);
    public required OutboxTail Tail { get; init; }
    public required Redelivery Redelivery { get; init; }
    public required IRequestStore Requests { get; init; }
    public required IAuditStore Audit { get; init; }
    public required IOutboxStore Outbox { get; init; }
    public required IPolicyStore Policies { get; init; }
    public required IDelegationStore Delegations { get; init; }
    public required INotificationStore Notifications { get; init; }

    /// <summary>Null where the directory is somebody else's (Microsoft Graph).</summary>
    public required DirectoryChanges Directory { get; init; }

    /// <summary>Null where the host takes no tokens of its own.</summary>
    public ITokenStore? Tokens { get; init; }

    /// <summary>Cancelled when the host stops: long polls and streams end with it.</summary>
    public CancellationToken Stopping { get; init; }
}
