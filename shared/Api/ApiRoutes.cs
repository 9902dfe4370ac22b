using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Tokens;

namespace Approvals.Api;

/// <summary>Every route below <c>/api/v1</c>; <c>docs/openapi.json</c> describes the same ones.</summary>
public static class ApiRoutes
{
    /// <summary>The copilot's tools for MCP clients, which look for them at the root.</summary>
    public static ApiRoute Mcp { get; } = ApiRoute.Post(Scopes.None, "/mcp", McpHandlers.AnswerAsync) with { Prefix = "" };

    /// <summary>Pages have it too, for the browser's session.</summary>
    public static ApiRoute Stream { get; } = ApiRoute.Get(Scopes.Read, "/stream", StreamHandlers.StreamAsync);

    /// <inheritdoc cref="Stream"/>
    public static ApiRoute AuditExport { get; } =
        ApiRoute.Get(Scopes.Read, "/audit/export", AuditHandlers.ExportAsync, "format", "actor", "actorType", "action", "subject", "requestId", "from", "to");

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        ApiRoute.Post(Scopes.Gate, "/gate", GateHandlers.CheckAsync),
        ApiRoute.Get(Scopes.Gate | Scopes.Read, "/gate/{requestId}", GateHandlers.AskAsync, "wait"),
        ApiRoute.Post(Scopes.Gate, "/gate/{requestId}/execution", GateHandlers.ClaimAsync),
        ApiRoute.Get(Scopes.Gate | Scopes.Read, "/gate/{requestId}/execution", GateHandlers.ExecutionAsync),
        ApiRoute.Post(Scopes.Gate, "/gate/{requestId}/execution/{executionId}/result", GateHandlers.ReportAsync),

        ApiRoute.Post(Scopes.Gate, "/requests", RequestHandlers.StartAsync),
        ApiRoute.Get(Scopes.Read, "/requests", RequestHandlers.ListAsync, "status", "requester", "requestType", "subject", "limit", "cursor"),
        ApiRoute.Get(Scopes.Read, "/requests/{id}", RequestHandlers.GetAsync),
        ApiRoute.Get(Scopes.Read, "/requests/{id}/history", RequestHandlers.HistoryAsync, "limit", "cursor"),
        ApiRoute.Get(Scopes.Read, "/requests/{id}/decision", RequestHandlers.DecisionAsync),
        ApiRoute.Get(Scopes.Gate | Scopes.Read | Scopes.Decide, "/requests/{id}/commands/{commandId}", CommandStatusHandlers.GetAsync),
        ApiRoute.Post(Scopes.Gate, "/requests/{id}/submission", CommandHandlers.SubmitAsync, BodyUse.Optional),
        ApiRoute.Post(Scopes.Decide, "/requests/{id}/decisions", DecisionHandlers.DecideAsync),
        ApiRoute.Post(Scopes.Gate, "/requests/{id}/withdrawal", CommandHandlers.WithdrawAsync, BodyUse.Optional),
        ApiRoute.Post(Scopes.Gate | Scopes.Decide, "/requests/{id}/comments", CommandHandlers.CommentAsync),
        ApiRoute.Post(Scopes.Decide, "/requests/{id}/assignments", AssignmentHandlers.AssignAsync),
        ApiRoute.Post(Scopes.Gate, "/requests/{id}/resubmission", CommandHandlers.ResubmitAsync),
        ApiRoute.Post(Scopes.Decide, "/requests/{id}/override", CommandHandlers.OverrideAsync),

        ApiRoute.Get(Scopes.Read, "/inbox", InboxHandlers.ListAsync, "filter", "sort", "search", "requestType", "limit", "cursor"),
        ApiRoute.Get(Scopes.Read, "/inbox/count", InboxHandlers.CountAsync, "filter", "sort", "search", "requestType"),
        ApiRoute.Post(Scopes.Decide, "/inbox/decisions", DecisionHandlers.DecideManyAsync),
        Stream,
        ApiRoute.Get(Scopes.Read, "/notifications", NotificationHandlers.ListAsync, "limit", "cursor"),

        ApiRoute.Get(Scopes.Read, "/policies", PolicyHandlers.ListAsync, "status", "limit", "cursor"),
        ApiRoute.Post(Scopes.Admin, "/policies", PolicyHandlers.DraftAsync),
        ApiRoute.Post(Scopes.Read, "/policies/simulation", SimulationHandlers.SimulateAsync),
        ApiRoute.Get(Scopes.Read, "/policies/{key}", PolicyHandlers.GetAsync),
        ApiRoute.Get(Scopes.Read, "/policies/{key}/versions/{version}", PolicyHandlers.GetVersionAsync),
        ApiRoute.Post(Scopes.Admin, "/policies/{key}/versions/{version}/publication", PolicyHandlers.PublishAsync, BodyUse.Optional),
        ApiRoute.Post(Scopes.Admin, "/policies/{key}/versions/{version}/retirement", PolicyHandlers.RetireAsync, BodyUse.Optional),

        ApiRoute.Get(Scopes.Read, "/delegations", DelegationHandlers.ListAsync, "person", "limit", "cursor"),
        ApiRoute.Post(Scopes.Decide, "/delegations", DelegationHandlers.CreateAsync),
        ApiRoute.Get(Scopes.Read, "/delegations/{id}", DelegationHandlers.GetAsync),
        ApiRoute.Delete(Scopes.Decide, "/delegations/{id}", DelegationHandlers.EndAsync),

        ApiRoute.Get(Scopes.Read, "/audit", AuditHandlers.QueryAsync, "actor", "actorType", "action", "subject", "requestId", "from", "to", "limit", "cursor"),
        AuditExport,
        ApiRoute.Get(Scopes.Read, "/audit/verification", AuditHandlers.VerifyAsync, "requestId"),

        ApiRoute.Get(Scopes.Read, "/types", TypeHandlers.ListAsync, "limit", "cursor"),
        ApiRoute.Get(Scopes.Read, "/reports/sla", ReportHandlers.SlaAsync, "from", "to"),
        ApiRoute.Get(Scopes.Read, "/reports/controls", ReportHandlers.ControlsAsync, "month"),

        ApiRoute.Get(Scopes.Read, "/copilot/tools", CopilotHandlers.ListAsync),
        ApiRoute.Post(Scopes.None, "/copilot/tools/{name}", CopilotHandlers.RunAsync, BodyUse.Optional),

        ApiRoute.Get(Scopes.Read, "/directory/people", DirectoryHandlers.ListAsync, "limit", "cursor"),
        ApiRoute.Get(Scopes.Read, "/directory/people/{id}", DirectoryHandlers.GetAsync),
        ApiRoute.Put(Scopes.Admin, "/directory/people/{id}", DirectoryHandlers.PutAsync),
        ApiRoute.Delete(Scopes.Admin, "/directory/people/{id}", DirectoryHandlers.RemoveAsync),

        ApiRoute.Get(Scopes.Admin, "/tokens", TokenHandlers.ListAsync, "limit", "cursor"),
        ApiRoute.Post(Scopes.Admin, "/tokens", TokenHandlers.CreateAsync),
        ApiRoute.Delete(Scopes.Admin, "/tokens/{id}", TokenHandlers.RevokeAsync),

        ApiRoute.Get(Scopes.Admin, "/outbox/dead-letters", OutboxHandlers.DeadLettersAsync, "limit", "cursor"),
        ApiRoute.Post(Scopes.Admin, "/outbox/dead-letters/{id}/redelivery", OutboxHandlers.RedeliverAsync, BodyUse.Optional),
    ];
}
