using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Outbox;

namespace Approvals.Ports;

/// <summary>Delegations, past ones too. Each write commits with its audit entry and event, and shows in the catalog's next snapshot.</summary>
public interface IDelegationStore
{
    ValueTask<Page<Delegation>> ListAsync(string tenant, string? person, PageRequest page, CancellationToken cancellation);

    ValueTask<Delegation?> FindAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Adds one, or replaces the one with its id. False: that one is over, whatever the caller read of it, and nothing was written.</summary>
    ValueTask<bool> SaveAsync(
        string tenant, Delegation delegation, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation);
}
