namespace Approvals.Audit;

/// <summary>An entry as read back.</summary>
/// <param name="Position">Order of arrival in this store; the cursor of queries.</param>
/// <param name="Chain">The request's id, or the tenant chain's name.</param>
/// <param name="Canonical">The canonical JSON that was hashed.</param>
/// <param name="Hash">Lower-case hex, as stored (verification recomputes it).</param>
public sealed record StoredEntry(long Position, string Chain, long Sequence, ReadOnlyMemory<byte> Canonical, string Hash);
