namespace Approvals.Audit;

/// <summary>Filters of the trail; all that are set must hold. Newest last where <see cref="RequestId"/> is set, else newest first.</summary>
public sealed record AuditQuery
{
    public required string Tenant { get; init; }
    public string? Actor { get; init; }
    public string? ActorType { get; init; }
    public string? Action { get; init; }

    /// <summary><c>type:id</c>.</summary>
    public string? Subject { get; init; }
    public string? RequestId { get; init; }
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether an entry of the tenant is one that is asked for; of which request it is, is not looked at.</summary>
    public bool Matches(AuditFields entry) =>
        (Actor is null || Actor == entry.ActorId)
        && (ActorType is null || ActorType == entry.ActorType)
        && (Action is null || Action == entry.Action)
        && (Subject is null || Subject == $"{entry.SubjectType}:{entry.SubjectId}")
        && !(entry.At < From) && !(entry.At >= To);
}
