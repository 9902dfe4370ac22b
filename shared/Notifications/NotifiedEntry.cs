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
    /// <param name="once">Of the event and what the entry is the only one of: one of the names below.</param>
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

    /// <summary>The name of an event's one entry on who is told by which channels. No hash: two of them come with each approval.</summary>
    public static string Told(OutboxEvent happened) => $"{AuditAction.Notified}.{happened.Id}";

    /// <summary>The name of an event's entry on people whom mail did not reach.</summary>
    public static string Missed(OutboxEvent happened, ReadOnlySpan<string> people) =>
        EventId.Of([AuditAction.Notified, happened.Id, ChannelSettings.Email, .. people]);

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
