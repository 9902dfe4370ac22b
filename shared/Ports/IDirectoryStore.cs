using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Directory;

namespace Approvals.Ports;

/// <summary>Changes people, where the directory is the service's own. Shows in the catalog's next snapshot.</summary>
public interface IDirectoryStore
{
    ValueTask SaveAsync(string tenant, Person person, ImmutableArray<AuditDraft> audit, CancellationToken cancellation);

    /// <summary>False: there was no such person.</summary>
    ValueTask<bool> RemoveAsync(string tenant, string personId, ImmutableArray<AuditDraft> audit, CancellationToken cancellation);
}
