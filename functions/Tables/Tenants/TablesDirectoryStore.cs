using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Functions.Tables.Partitions;
using Approvals.Outbox;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Changes people.</summary>
internal sealed class TablesDirectoryStore(TenantChanges tenants) : IDirectoryStore
{
    public async ValueTask<bool> ChangeAsync(
        string tenant, Person? before, Person after, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var known = await batch.FindAsync(TenantRows.Person(after.Id)) is { } row ? TenantRows.PersonOf(row) : null;
                if (known != before)
                {
                    return false;
                }

                batch.Put(RowOf(batch, after));
                return true;
            },
            changes: changed => changed,
            audit,
            events);

    private static TableEntity RowOf(PartitionBatch batch, Person person) =>
        batch.Row(TenantRows.Person(person.Id)).With("body", person, TableJson.Default.Person);
}
