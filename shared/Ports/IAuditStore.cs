using Approvals.Audit;

namespace Approvals.Ports;

/// <summary>Reads the trail. It is written only by <see cref="IRequestEngine"/> and the stores, within their transactions.</summary>
public interface IAuditStore
{
    ValueTask<Page<StoredEntry>> QueryAsync(AuditQuery query, PageRequest page, CancellationToken cancellation);

    /// <summary>Everything that matches, in order of arrival, streamed.</summary>
    IAsyncEnumerable<StoredEntry> ExportAsync(AuditQuery query, CancellationToken cancellation);

    /// <summary>The tenant's entries after a position, in order of arrival, streamed: what checkpoints and verification read.</summary>
    IAsyncEnumerable<StoredEntry> ReadAsync(string tenant, long afterPosition, CancellationToken cancellation);

    /// <summary>Recomputes hashes, links and checkpoints of a tenant, or of one request.</summary>
    Task<AuditVerification> VerifyAsync(string tenant, string? requestId, CancellationToken cancellation);
}
