using Approvals.Actors;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Requests;
using Approvals.Values;

namespace Approvals.Notifications;

/// <summary>
/// The trail's entry on messages: on the chain of the request that they are about, else of the tenant. An event that is delivered again, since a process
/// died before its consumer's place was written, leaves no second one.
/// </summary>
internal static class NotifiedEntry
{
    /// <param name="once">Of the event and what the entry is the only one of: the channel, and the people where each has an entry of their own.</param>
    public static AuditDraft Of(
        OutboxEvent happened, StoredRequest? request, string outcome, string? reason, Value recipients, DateTimeOffset now, string once) => new()
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
            Once = once,
        };

    /// <summary>Of a mail of what was held back, which is about no one event: on the tenant's chain.</summary>
    public static AuditDraft OfHeld(string tenant, string outcome, string? reason, Value recipients, DateTimeOffset now) => new()
    {
        Tenant = tenant,
        At = now,
        Actor = Actor.System,
        Action = AuditAction.Notified,
        Outcome = outcome,
        Reason = reason,
        Details = [new("recipients", recipients)],
    };

    /// <summary>People in the form of the member <c>recipients</c>, each told by mail alone.</summary>
    public static Value ByMail(IEnumerable<string> people) => Value.List([.. people.Select(person => Value.Map(
        ("channels", Value.List(Value.From(ChannelSettings.Email))), ("person", Value.From(person))))]);
}
