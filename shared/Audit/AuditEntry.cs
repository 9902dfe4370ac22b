namespace Approvals.Audit;

/// <summary>
/// One entry as it is kept: its canonical JSON (RFC 8785, every member of the entry but <c>hash</c>) and the SHA-256 of exactly
/// those bytes. Anyone can recompute it from an export.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>The request's id, or the tenant chain's name.</summary>
    public required string Chain { get; init; }

    public required long Sequence { get; init; }

    public required AuditDraft Draft { get; init; }

    public required ReadOnlyMemory<byte> Canonical { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Hash { get; init; }

    public required string PreviousHash { get; init; }
}
