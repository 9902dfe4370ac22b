using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Functions.Tables.Events;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Requests;
using Approvals.Outbox;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>
/// Changes of people, policies, delegations and settings: rows, audit entries and events in one entity-group transaction; the events are carried
/// over to the log afterwards, by this process or by the sweep.
/// </summary>
internal sealed class TenantChanges(TableClient table, TenantTrail trail, TenantCatalog catalog, EventsLog log)
{
    public TableClient Table { get; } = table;

    /// <param name="plan">Puts the rows. False: nothing is to be changed, and nothing is written.</param>
    public async Task<T> WriteAsync<T>(
        string tenant, Func<PartitionBatch, ValueTask<T>> plan, Func<T, bool> changes, ImmutableArray<AuditDraft> audit, ImmutableArray<OutboxEvent> events)
    {
        var result = await trail.Of(tenant).WriteAsync(async batch =>
        {
            var planned = await plan(batch);
            if (changes(planned))
            {
                TenantTrail.Append(batch, audit);
                Tell(batch, events);

                batch.Head = batch.Head with { Catalog = batch.Head.Catalog + 1 };
            }

            return planned;
        });
        catalog.Forget(tenant);
        if (!events.IsEmpty)
        {
            await CarryOverAsync(tenant, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Puts events beside the last entry that the batch appended; they are to be carried over.</summary>
    public static void Tell(PartitionBatch batch, ImmutableArray<OutboxEvent> events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            batch.Put(RequestRows.Onto(batch.Row(TenantRows.Event(batch.Head.Position, i)), events[i]));
        }
    }

    /// <summary>Carries the tenant's own events over to the log. Repeatable; events that were carried over already may come twice.</summary>
    public async Task CarryOverAsync(string tenant, CancellationToken cancellation)
    {
        var partition = TenantTrail.PartitionOf(tenant);
        var rows = await Table.ListAsync(partition, TenantRows.Events, cancellation);
        if (rows.Count == 0)
        {
            return;
        }

        await log.AppendAsync([.. rows.Select(RequestRows.Event)]);
        foreach (var row in rows)
        {
            await Table.DeleteEntityAsync(partition, row.RowKey, cancellationToken: cancellation);
        }

        log.Announce();
    }
}
