using Approvals.Actors;
using Approvals.Audit;
using Approvals.Copilot.Cards;
using Approvals.Copilot.Risks;
using Approvals.Gate;
using Approvals.Policies.Simulation;
using Approvals.Tests.Chains;
using Approvals.Tests.Tenants;
using Approvals.Values;

namespace Approvals.Tests.Copilot;

/// <summary>Parts of a trail, and what a scan finds in them.</summary>
internal static class Period
{
    public static readonly RiskScope Empty = new()
    {
        Tenant = World.Tenant(World.People("rae: x", "rob: x", "mo: approver", "fay: approver")).With(
            World.Read("""
                { "key": "bills", "name": "Bills", "actionTypes": ["bill.*"], "when": "payload.amount > 1000", "sensitive": ["payload.iban"],
                  "levels": [{ "name": "Manager", "approvers": ["role:approver"] }] }
                """)),
        From = World.Now.AddDays(-30),
        To = World.Now.AddDays(30),
    };

    public static RecordedCheck Call(double amount, double days = 0, string by = "rae", string vendor = "acme", string? request = null, string subject = "1") => new(
        new GateCheck
        {
            ActionType = "bill.post",
            Actor = Make.Human(by),
            Subject = new Subject("bill", subject),
            Payload = World.Json($$"""{ "amount": {{amount}}, "vendor": "{{vendor}}" }"""),
        },
        request is not null, World.Now.AddDays(days), request, $"e{amount}-{days}");

    public static AuditFields Entry(string action, DateTimeOffset at, string by = "mo", string? request = "r1", string? code = null, string details = "{ \"level\": 1 }") => new()
    {
        Id = $"{action}-{request}-{at.UtcTicks}",
        Tenant = "contoso",
        Chain = request ?? "tenant",
        Sequence = 1,
        At = at,
        ActorId = by,
        ActorType = "human",
        ActorName = by,
        Action = action,
        Outcome = code is null ? AuditOutcome.Ok : AuditOutcome.Refused,
        Code = code,
        PreviousHash = "",
        RequestId = request,
        Details = World.Json(details),
    };

    public static ToolCard[] Found(this RiskScope scope, string title) => [.. RiskScan.Run(scope).Where(card => card.Title == title)];
}
