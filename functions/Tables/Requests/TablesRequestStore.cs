using Approvals.Audit;
using Approvals.Functions.Tables.Tenants;
using Approvals.Inbox;
using Approvals.Outbox;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Functions.Tables.Requests;

/// <summary>Reads requests: one from its own partition, lists and inboxes from the tenant's.</summary>
internal sealed class TablesRequestStore(
    RequestTable requests, RecentRequests recent, RequestIndexes indexes, InboxReader inboxes, ITenantCatalog catalog, Watches<string> watches,
    TimeProvider time) : IRequestStore
{
    /// <summary>How soon a change is noticed that another process made.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <remarks>Also one whose creation is still on its way: its creator knows its id.</remarks>
    public async ValueTask<StoredRequest?> FindAsync(string tenant, string requestId, CancellationToken cancellation)
    {
        if ((await requests.LoadAsync(tenant, requestId, null, cancellation)).Stored is { } stored)
        {
            return stored;
        }

        // Looked for again: it may have been carried out in between.
        return await Creation.FindAsync(requests, tenant, requestId, cancellation) is { } staged
            ? await Creation.ToBeAsync(staged)
            : (await requests.LoadAsync(tenant, requestId, null, cancellation)).Stored;
    }

    /// <remarks>From memory where this process committed the event's transition, or a later one: consumers mostly run where the events come from.</remarks>
    public ValueTask<StoredRequest?> FindAsync(OutboxEvent happened, CancellationToken cancellation) =>
        recent.Find(RequestRows.PartitionOf(happened.Tenant, happened.RequestId))?.Stored is { } known && EventId.VersionOf(happened) <= known.State.Version
            ? new(known)
            : FindAsync(happened.Tenant, happened.RequestId, cancellation);

    public async ValueTask<Snapshot?> FindSnapshotAsync(string tenant, string requestId, int number, CancellationToken cancellation) =>
        await requests.SnapshotAsync(tenant, requestId, number, cancellation);

    public async ValueTask<CommandStatus?> FindCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        await requests.CommandAsync(tenant, requestId, commandId, cancellation) is { } row ? new CommandStatus(StagedCommand.ReceiptOf(row)) : null;

    public async ValueTask<Page<RequestSummary>> ListAsync(RequestQuery query, PageRequest page, CancellationToken cancellation) =>
        await indexes.ListAsync(query, page, cancellation);

    public async ValueTask<Page<StoredEntry>> HistoryAsync(string tenant, string requestId, PageRequest page, CancellationToken cancellation)
    {
        var after = Cursor.Read(page.Cursor, 1)?[0] ?? 0;
        var found = await requests.EntriesAsync(tenant, requestId, after, cancellation, page.Limit + 1).Take(page.Limit + 1).ToListAsync(cancellation);
        return Cursor.Page(found, page.Limit, entry => Cursor.Write(entry.Sequence));
    }

    public async ValueTask<Page<RequestSummary>> InboxAsync(InboxQuery query, PageRequest page, CancellationToken cancellation) =>
        await inboxes.PageAsync(query, await ZoneAsync(query.Tenant, cancellation), page, cancellation);

    public async ValueTask<InboxCount> CountInboxAsync(InboxQuery query, CancellationToken cancellation) =>
        await inboxes.CountAsync(query, await ZoneAsync(query.Tenant, cancellation), cancellation);

    public async ValueTask<StoredRequest?> WaitAsync(string tenant, string requestId, long version, TimeSpan wait, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        using var watch = watches.Listen(RequestRows.PartitionOf(tenant, requestId));
        while (true)
        {
            var next = watch?.Next;
            var found = await FindAsync(tenant, requestId, cancellation);
            var left = wait - time.GetElapsedTime(start);
            if (next is null || found is null || found.State.Version > version || left <= TimeSpan.Zero)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(left < LookEvery ? left : LookEvery, time, cancellation);
            }
            catch (TimeoutException)
            {
                // Another process may have changed it.
            }
        }
    }

    private async ValueTask<TimeZoneInfo> ZoneAsync(string tenant, CancellationToken cancellation) =>
        await catalog.FindAsync(tenant, cancellation) is { } snapshot && TimeZoneInfo.TryFindSystemTimeZoneById(snapshot.Settings.TimeZone, out var zone)
            ? zone
            : TimeZoneInfo.Utc;
}
