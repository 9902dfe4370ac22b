using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Delegations;
using Approvals.Functions.Tables.Partitions;
using Approvals.Outbox;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Delegations, past ones too, listed by either person and as a whole, newest first.</summary>
internal sealed class TablesDelegationStore(TenantChanges tenants) : IDelegationStore
{
    /// <summary>No person has the empty id.</summary>
    private const string Everybody = "";

    public async ValueTask<Page<Delegation>> ListAsync(string tenant, string? person, PageRequest page, CancellationToken cancellation) =>
        await tenants.Table.PageAsync(
            TenantTrail.PartitionOf(tenant), TenantRows.DelegationsOf(person ?? Everybody), page,
            async (IReadOnlyList<TableEntity> rows) => (IReadOnlyList<Delegation?>)await Task.WhenAll(rows.Select(row => FindAsync(tenant, row.GetString("id"), cancellation).AsTask())), cancellation);

    public async ValueTask<Delegation?> FindAsync(string tenant, string id, CancellationToken cancellation)
    {
        var row = await tenants.Table.GetEntityIfExistsAsync<TableEntity>(
            TenantTrail.PartitionOf(tenant), TenantRows.Delegation(id), cancellationToken: cancellation);
        return row.HasValue ? TenantRows.DelegationOf(row.Value!) : null;
    }

    public async ValueTask<bool> SaveAsync(
        string tenant, Delegation delegation, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events, CancellationToken cancellation) =>
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                if (await batch.FindAsync(TenantRows.Delegation(delegation.Id)) is { } row && row.GetBoolean("over") == true)
                {
                    return false;
                }

                await PutAsync(batch, delegation, over: delegation.EndedAt is not null);
                return true;
            },
            changes: saved => saved,
            audit,
            events);

    /// <summary>Tells of a delegation what time has done to it. False: that was told already, or somebody has changed it meanwhile.</summary>
    public Task<bool> TurnAsync(string tenant, Delegation delegation, DelegationTurn turn) => tenants.WriteAsync(
        tenant,
        async batch =>
        {
            if (await batch.FindAsync(TenantRows.Delegation(delegation.Id)) is not { } row || row.GetBoolean("over") == true
                || TenantRows.DelegationOf(row) is var now && (now.BeganAt, now.EndedAt, now.PendingRequest) != (delegation.BeganAt, delegation.EndedAt, delegation.PendingRequest))
            {
                return false;
            }

            await PutAsync(batch, turn.After, turn.IsOver);
            return true;
        },
        changes: turned => turned,
        turn.Entries,
        turn.Events);

    private static async ValueTask PutAsync(PartitionBatch batch, Delegation delegation, bool over)
    {
        var key = TenantRows.Delegation(delegation.Id);
        if (await batch.FindAsync(key) is null)
        {
            var number = TableKey.Descending(batch.Head.Catalog);
            foreach (var person in (ReadOnlySpan<string>)[Everybody, delegation.Delegator, delegation.Delegate])
            {
                var listed = batch.Row($"{TenantRows.DelegationsOf(person)}|{number}");
                listed["id"] = delegation.Id;
                batch.Put(listed);
            }
        }

        var row = batch.Row(key);
        row["over"] = over;
        batch.Put(row.With("body", delegation, TableJson.Default.Delegation));
    }
}
