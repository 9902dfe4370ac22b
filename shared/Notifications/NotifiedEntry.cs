using Approvals.Actors;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>The trail's entry on messages: on the chain of the request that they are about, else of the tenant.</summary>
internal static class NotifiedEntry
{
    public static AuditDraft Of(
        OutboxEvent happened, StoredRequest? request, string outcome, string? reason, Value recipients, DateTimeOffset now) => new()
        {
            Tenant = happened.Tenant,
            At = now,
            Actor = Actor.System,
            Action = AuditAction.Notified,
            Subject = request?.State.Subject,
            RequestId = request?.State.Id,
            ActionType = request?.State.ActionType,
            Policy = request?.State.Policy,
            Outcome = outcome,
            Reason = reason,
            Details =
            [
                new("event", Value.From(happened.Id)),
                new("eventType", Value.From(happened.Type)),
                new("recipients", recipients),
            ],
        };
}
