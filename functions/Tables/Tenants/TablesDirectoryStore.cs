using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Directory;
using Approvals.Functions.Tables.Partitions;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Changes people.</summary>
internal sealed class TablesDirectoryStore(TenantChanges tenants) : IDirectoryStore
{
    public async ValueTask SaveAsync(string tenant, Person person, ImmutableArray<AuditDraft> audit, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            batch =>
            {
                batch.Put(RowOf(batch, person));
                return new ValueTask<bool>(true);
            },
            changes: _ => true,
            audit,
            []);

    public async ValueTask<bool> RemoveAsync(string tenant, string personId, ImmutableArray<AuditDraft> audit, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var there = await batch.FindAsync(TenantRows.Person(personId)) is not null;
                if (there)
                {
                    batch.Remove(TenantRows.Person(personId));
                }

                return there;
            },
            changes: removed => removed,
            audit,
            []);

    private static TableEntity RowOf(PartitionBatch batch, Person person) =>
        batch.Row(TenantRows.Person(person.Id)).With("body", person, TableJson.Default.Person);
}
