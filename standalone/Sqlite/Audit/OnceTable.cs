using System.Collections.Immutable;
using Approvals.Audit;

namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>Names of what chains take one entry of.</summary>
internal sealed class OnceTable(Connection connection)
{
    /// <summary>Without the entries that a request's chain has by their names; the others' names are taken.</summary>
    public ImmutableArray<AuditDraft> OfRequest(long request, ImmutableArray<AuditDraft> entries) => entries.RemoveAll(entry => !Takes(request, entry));

    /// <inheritdoc cref="OfRequest"/>
    public ImmutableArray<AuditDraft> OfTenant(long tenant, ImmutableArray<AuditDraft> entries) => entries.RemoveAll(entry => !Takes(-tenant, entry));

    private bool Takes(long chain, AuditDraft entry)
    {
        if (entry.Once is not { } name)
        {
            return true;
        }

        connection.Prepare("INSERT OR IGNORE INTO once(chain, name) VALUES (?1, ?2)").Bind(1, chain).Bind(2, name).Run();
        return connection.Changes == 1;
    }
}
