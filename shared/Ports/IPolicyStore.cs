using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Values;

namespace Approvals.Ports;

/// <summary>Versions of policies. Each write commits with its audit entries and events, and shows in the catalog's next snapshot.</summary>
public interface IPolicyStore
{
    /// <summary>All versions of all keys, or of one; by key, newest version first.</summary>
    ValueTask<ImmutableArray<PolicyVersion>> ListAsync(string tenant, string? key, CancellationToken cancellation);

    /// <summary>Adds the next version of the key as a draft.</summary>
    ValueTask<PolicyVersion> AddDraftAsync(string tenant, Policy policy, Value source, AuditDraft audit, CancellationToken cancellation);

    /// <summary>
    /// Replaces a version where it still stands at <paramref name="expected"/>; publishing retires the key's active version in the same
    /// commit. False: it no longer stands there, or would replace another than it <see cref="PolicyVersion.Replaces"/>, and nothing was written.
    /// </summary>
    ValueTask<bool> ChangeAsync(
        string tenant, PolicyStatus expected, PolicyVersion changed, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation);
}
