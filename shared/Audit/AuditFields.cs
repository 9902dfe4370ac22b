using Approvals.Values;

namespace Approvals.Audit;

/// <summary>An entry's members, read back from its canonical JSON: for reports, CSV and pages.</summary>
public sealed record AuditFields
{
    public required string Id { get; init; }
    public required string Tenant { get; init; }
    public required string Chain { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ActorId { get; init; }

    /// <summary>human, agent or system.</summary>
    public required string ActorType { get; init; }
    public required string ActorName { get; init; }

    /// <summary>How the actor was recognised; null for the service itself, and in entries from before it was kept.</summary>
    public string? Assurance { get; init; }

    /// <summary>Which token (<c>token:{id}</c>) or session (<c>session:{hash}</c>) the actor used, where that is known.</summary>
    public string? Credential { get; init; }

    /// <summary>The person for whom an agent acted.</summary>
    public string? ActingForId { get; init; }
    public string? ActingForName { get; init; }
    public required string Action { get; init; }
    public required string Outcome { get; init; }
    public required string PreviousHash { get; init; }
    public string? OnBehalfOf { get; init; }
    public string? ActionType { get; init; }
    public string? SubjectType { get; init; }
    public string? SubjectId { get; init; }
    public string? RequestId { get; init; }
    public string? PolicyKey { get; init; }
    public int? PolicyVersion { get; init; }
    public string? PayloadHash { get; init; }
    public Value? Payload { get; init; }
    public string? Code { get; init; }
    public string? Reason { get; init; }
    public string? Ip { get; init; }
    public string? UserAgent { get; init; }
    public string? TraceId { get; init; }

    /// <summary>A map, empty where there are none.</summary>
    public required Value Details { get; init; }

    /// <summary>Reads what <see cref="AuditChain.Append"/> wrote; anything else is a <see cref="FormatException"/>.</summary>
    public static AuditFields Read(ReadOnlySpan<byte> canonical)
    {
        var entry = JsonText.Parse(canonical);
        return new AuditFields
        {
            Id = Text(entry, "id"),
            Tenant = Text(entry, "tenant"),
            Chain = Text(entry, "chain"),
            Sequence = entry.TryGet("sequence", out var sequence) ? sequence.AsInt() : throw Missing("sequence"),
            At = Rfc3339.TryParse(Text(entry, "at"), out var at) ? at : throw Missing("at"),
            ActorId = TextAt(entry, "actor.id") ?? throw Missing("actor"),
            ActorType = TextAt(entry, "actor.type") ?? throw Missing("actor"),
            ActorName = TextAt(entry, "actor.name") ?? throw Missing("actor"),
            Assurance = TextAt(entry, "actor.assurance"),
            Credential = TextAt(entry, "actor.credential"),
            ActingForId = TextAt(entry, "actor.actingFor.id"),
            ActingForName = TextAt(entry, "actor.actingFor.name"),
            Action = Text(entry, "action"),
            Outcome = Text(entry, "outcome"),
            PreviousHash = Text(entry, "previousHash"),
            OnBehalfOf = TextAt(entry, "onBehalfOf"),
            ActionType = TextAt(entry, "actionType"),
            SubjectType = TextAt(entry, "subject.type"),
            SubjectId = TextAt(entry, "subject.id"),
            RequestId = TextAt(entry, "requestId"),
            PolicyKey = TextAt(entry, "policy.key"),
            PolicyVersion = entry.At("policy.version") is { } version ? (int)version.AsInt() : null,
            PayloadHash = TextAt(entry, "payloadHash"),
            Payload = entry.At("payload"),
            Code = TextAt(entry, "code"),
            Reason = TextAt(entry, "reason"),
            Ip = TextAt(entry, "ip"),
            UserAgent = TextAt(entry, "userAgent"),
            TraceId = TextAt(entry, "traceId"),
            Details = entry.TryGet("details", out var details) ? details : Value.Map(),
        };
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static AuditFields Read(StoredEntry entry) => Read(entry.Canonical.Span);

    private static string Text(Value entry, string name) => TextAt(entry, name) ?? throw Missing(name);

    private static string? TextAt(Value entry, string path) => entry.At(path) is { Kind: ValueKind.String } text ? text.AsString() : null;

    private static FormatException Missing(string name) => new($"The audit entry has no '{name}'.");
}
