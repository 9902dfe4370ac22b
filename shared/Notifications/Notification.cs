namespace Approvals.Notifications;

/// <summary>A message for one person in the in-app feed.</summary>
/// <param name="Id">Made from the event and the person: a repeat adds nothing.</param>
/// <param name="Kind">The event's type.</param>
/// <param name="Link">Absolute address of the request or of an approve link.</param>
public sealed record Notification(
    string Id, string Tenant, string Person, string Kind, string? RequestId, string Title, string Text, DateTimeOffset? DueAt, string? Link, DateTimeOffset At);
