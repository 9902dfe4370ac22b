using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Outbox;

namespace Approvals.Ports;

/// <summary>Changes people, where the directory is the service's own. Shows in the catalog's next snapshot.</summary>
public interface IDirectoryStore
{
    /// <summary>
    /// Puts <paramref name="after"/> where <paramref name="before"/> stands. Nobody is ever deleted: whoever is removed stays as the owner of their identity.
    /// </summary>
    /// <param name="before">As the caller read them; null: there is nobody of that identity yet.</param>
    /// <param name="after">Of the same <see cref="Person.Id"/>.</param>
    /// <returns>False: they are not, or no longer, as in <paramref name="before"/>; nothing was written.</returns>
    ValueTask<bool> ChangeAsync(
        string tenant, Person? before, Person after, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation);
}
