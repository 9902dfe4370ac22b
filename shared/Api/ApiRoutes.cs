using Approvals.Api.Handlers;
using Approvals.Api.Http;

namespace Approvals.Api;

/// <summary>Every route below <c>/api/v1</c>; <c>docs/openapi.json</c> describes the same ones.</summary>
public static class ApiRoutes
{
    /// <summary>The copilot's tools for MCP clients, which look for them at the root.</summary>
    public static ApiRoute Mcp { get; } = ApiRoute.Post("/mcp", McpHandlers.AnswerAsync) with { Prefix = "" };

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        ApiRoute.Post("/gate", GateHandlers.CheckAsync),
        ApiRoute.Get("/gate/{requestId}", GateHandlers.AskAsync, "wait"),
        ApiRoute.Post("/gate/{requestId}/execution", GateHandlers.ClaimAsync),
        ApiRoute.Get("/gate/{requestId}/execution", GateHandlers.ExecutionAsync),
        ApiRoute.Post("/gate/{requestId}/execution/{executionId}/result", GateHandlers.ReportAsync),

        ApiRoute.Post("/requests", RequestHandlers.StartAsync),
        ApiRoute.Get("/requests", RequestHandlers.ListAsync, "status", "requester", "requestType", "subject", "limit", "cursor"),
        ApiRoute.Get("/requests/{id}", RequestHandlers.GetAsync),
        ApiRoute.Get("/requests/{id}/history", RequestHandlers.HistoryAsync, "limit", "cursor"),
        ApiRoute.Get("/requests/{id}/decision", RequestHandlers.DecisionAsync),
        ApiRoute.Get("/requests/{id}/commands/{commandId}", CommandStatusHandlers.GetAsync),
        ApiRoute.Post("/requests/{id}/submission", CommandHandlers.SubmitAsync, BodyUse.Optional),
        ApiRoute.Post("/requests/{id}/decisions", DecisionHandlers.DecideAsync),
        ApiRoute.Post("/requests/{id}/withdrawal", CommandHandlers.WithdrawAsync, BodyUse.Optional),
        ApiRoute.Post("/requests/{id}/comments", CommandHandlers.CommentAsync),
        ApiRoute.Post("/requests/{id}/assignments", AssignmentHandlers.AssignAsync),
        ApiRoute.Post("/requests/{id}/resubmission", CommandHandlers.ResubmitAsync),
        ApiRoute.Post("/requests/{id}/override", CommandHandlers.OverrideAsync),

        ApiRoute.Get("/inbox", InboxHandlers.ListAsync, "filter", "sort", "search", "requestType", "limit", "cursor"),
        ApiRoute.Get("/inbox/count", InboxHandlers.CountAsync, "filter", "sort", "search", "requestType"),
        ApiRoute.Post("/inbox/decisions", DecisionHandlers.DecideManyAsync),
        ApiRoute.Get("/stream", StreamHandlers.StreamAsync),
        ApiRoute.Get("/notifications", NotificationHandlers.ListAsync, "limit", "cursor"),

        ApiRoute.Get("/policies", PolicyHandlers.ListAsync, "status", "limit", "cursor"),
        ApiRoute.Post("/policies", PolicyHandlers.DraftAsync),
        ApiRoute.Post("/policies/simulation", SimulationHandlers.SimulateAsync),
        ApiRoute.Get("/policies/{key}", PolicyHandlers.GetAsync),
        ApiRoute.Get("/policies/{key}/versions/{version}", PolicyHandlers.GetVersionAsync),
        ApiRoute.Post("/policies/{key}/versions/{version}/publication", PolicyHandlers.PublishAsync, BodyUse.Optional),
        ApiRoute.Post("/policies/{key}/versions/{version}/retirement", PolicyHandlers.RetireAsync, BodyUse.Optional),

        ApiRoute.Get("/delegations", DelegationHandlers.ListAsync, "person", "limit", "cursor"),
        ApiRoute.Post("/delegations", DelegationHandlers.CreateAsync),
        ApiRoute.Get("/delegations/{id}", DelegationHandlers.GetAsync),
        ApiRoute.Delete("/delegations/{id}", DelegationHandlers.EndAsync),

        ApiRoute.Get("/audit", AuditHandlers.QueryAsync, "actor", "actorType", "action", "subject", "requestId", "from", "to", "limit", "cursor"),
        ApiRoute.Get("/audit/export", AuditHandlers.ExportAsync, "format", "actor", "actorType", "action", "subject", "requestId", "from", "to"),
        ApiRoute.Get("/audit/verification", AuditHandlers.VerifyAsync, "requestId"),

        ApiRoute.Get("/types", TypeHandlers.ListAsync, "limit", "cursor"),
        ApiRoute.Get("/reports/sla", ReportHandlers.SlaAsync, "from", "to"),
        ApiRoute.Get("/reports/controls", ReportHandlers.ControlsAsync, "month"),

        ApiRoute.Get("/copilot/tools", CopilotHandlers.ListAsync),
        ApiRoute.Post("/copilot/tools/{name}", CopilotHandlers.RunAsync, BodyUse.Optional),

        ApiRoute.Get("/directory/people", DirectoryHandlers.ListAsync, "limit", "cursor"),
        ApiRoute.Get("/directory/people/{id}", DirectoryHandlers.GetAsync),
        ApiRoute.Put("/directory/people/{id}", DirectoryHandlers.PutAsync),
        ApiRoute.Delete("/directory/people/{id}", DirectoryHandlers.RemoveAsync),

        ApiRoute.Get("/tokens", TokenHandlers.ListAsync, "limit", "cursor"),
        ApiRoute.Post("/tokens", TokenHandlers.CreateAsync),
        ApiRoute.Delete("/tokens/{id}", TokenHandlers.RevokeAsync),

        ApiRoute.Get("/outbox/dead-letters", OutboxHandlers.DeadLettersAsync, "limit", "cursor"),
        ApiRoute.Post("/outbox/dead-letters/{id}/redelivery", OutboxHandlers.RedeliverAsync, BodyUse.Optional),
    ];
}
