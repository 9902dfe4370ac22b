using Approvals.Requests;

namespace Approvals.Notifications;

/// <summary>What one person is told of one event, before it takes the form of a channel.</summary>
public sealed record Message
{
    /// <summary>Made from event and person: the same at every delivery.</summary>
    public required string Id { get; init; }

    public required string EventId { get; init; }

    public required string Tenant { get; init; }

    public required string Person { get; init; }

    /// <summary>The event's type.</summary>
    public required string Kind { get; init; }

    /// <summary>Null where the event is about no request.</summary>
    public StoredRequest? Request { get; init; }

    /// <summary>The level (1-based) at which this person is asked to decide; null: they are only told.</summary>
    public int? AskedAt { get; init; }

    /// <summary>Passes quiet hours and digests.</summary>
    public bool Urgent => MessagePlan.IsUrgent(Kind);

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>The service's own words; what people typed is set off in it (<see cref="SetOff"/>).</summary>
    public required string Text { get; init; }

    /// <summary>What this is, where the person is asked for the first time; for them alone, not for a shared channel.</summary>
    public string? Introduction { get; init; }

    /// <summary>For one person's own channels.</summary>
    public string PersonalText => Introduction is null ? Text : Text.Contains('\n', StringComparison.Ordinal) ? $"{Text}\n\n{Introduction}" : $"{Text} {Introduction}";

    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset At { get; init; }
}
