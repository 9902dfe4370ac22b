using Approvals.Audit;
using Approvals.Functions.Tables.Events;
using Approvals.Functions.Tables.Partitions;
using Approvals.Functions.Tables.Tenants;
using Approvals.Outbox;
using Approvals.Requests;

namespace Approvals.Functions.Tables.Requests;

/// <summary>
/// Carries over what a request's partition committed: events to the log that consumers follow, then positions, index, lists and inboxes to the
/// tenant's partition. Repeatable; whoever comes later carries over what was left.
/// </summary>
internal sealed class Dispatcher(RequestTable requests, TenantTrail tenants, EventsLog log, Watches<string> watches)
{
    /// <summary>What was just committed.</summary>
    /// <param name="note">Of <see cref="EntriesUnderWay"/>, which is over with it; null: none.</param>
    public async Task DispatchAsync(TransitionRows rows, CancellationToken cancellation, string? note = null)
    {
        var state = rows.After.State;
        var isNew = rows.IsFirst;
        var carried = isNew ? 0 : await CarriedAsync(state.Tenant, state.Id);
        var events = carried == rows.After.Events - rows.Events.Length
            ? rows.Events
            : [.. await ReadEventsAsync(state.Tenant, state.Id, carried, cancellation)];
        await DispatchAsync(rows.After, rows.Snapshot.Title, events, known: rows.Entries, isNew, note, cancellation);
    }

    /// <summary>Whatever was left. Nothing where there is no such request.</summary>
    public async Task DispatchAsync(string tenant, string requestId, CancellationToken cancellation)
    {
        var loaded = await requests.LoadAsync(tenant, requestId, null, cancellation);
        if (loaded.Row is { } row)
        {
            var events = await ReadEventsAsync(tenant, requestId, await CarriedAsync(tenant, requestId), cancellation);
            await DispatchAsync(row, loaded.Snapshot!.Title, events, known: [], isNew: false, note: null, cancellation);
        }
    }

    private async Task DispatchAsync(
        RequestRow row, string title, IReadOnlyCollection<OutboxEvent> events, IReadOnlyList<AuditEntry> known, bool isNew, string? note,
        CancellationToken cancellation)
    {
        var state = row.State;
        if (events.Count > 0)
        {
            await log.AppendAsync(events);
        }

        var writer = tenants.Of(state.Tenant);
        while (!await writer.WriteAsync(async batch =>
        {
            var all = await RequestProjection.PlanAsync(
                batch, row, title, isNew, after => EntriesAsync(state.Tenant, state.Id, after, known, cancellation));
            if (all && note is not null)
            {
                batch.Remove(note);
            }

            return all;
        }))
        {
            isNew = false;
        }

        watches.Announce(RequestRows.PartitionOf(state.Tenant, state.Id));
        log.Announce();
    }

    private Task<long> CarriedAsync(string tenant, string requestId) => tenants.Of(tenant).WriteAsync(async batch =>
        await batch.FindAsync(RequestIndex.KeyOf(requestId)) is { } row ? RequestIndex.Of(row).Events : 0);

    private async Task<IReadOnlyCollection<OutboxEvent>> ReadEventsAsync(string tenant, string requestId, long after, CancellationToken cancellation)
    {
        var events = new List<OutboxEvent>();
        await foreach (var happened in requests.EventsAsync(tenant, requestId, after, cancellation))
        {
            events.Add(happened);
        }

        return events;
    }

    private async ValueTask<IReadOnlyList<AuditFields>> EntriesAsync(
        string tenant, string requestId, long after, IReadOnlyList<AuditEntry> known, CancellationToken cancellation)
    {
        if (known.Count > 0 && known[0].Sequence <= after + 1)
        {
            return [.. known.Where(entry => entry.Sequence > after).Select(entry => AuditFields.Read(entry.Canonical.Span))];
        }

        var entries = new List<AuditFields>();
        await foreach (var entry in requests.EntriesAsync(tenant, requestId, after, cancellation))
        {
            entries.Add(AuditFields.Read(entry));
        }

        return entries;
    }
}
