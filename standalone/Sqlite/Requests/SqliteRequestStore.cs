using Approvals.Audit;
using Approvals.Inbox;
using Approvals.Ports;
using Approvals.Requests;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite.Audit;
using Approvals.Standalone.Sqlite.Inbox;
using Approvals.Standalone.Sqlite.Postings;
using Approvals.Standalone.Sqlite.Tenants;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>Reads requests; never waits for the writer.</summary>
internal sealed class SqliteRequestStore(
    ReaderPool readers, TenantCatalog catalog, RequestCache cache, PostingIndex index, Watches<(long Tenant, string Id)> versions, TimeProvider time) : IRequestStore
{
    public async ValueTask<StoredRequest?> FindAsync(string tenant, string requestId, CancellationToken cancellation)
    {
        if (catalog.NumberOf(tenant) is not { } number)
        {
            return null;
        }

        var row = cache.Peek(number, requestId)
            ?? await readers.ReadAsync(connection => RequestReader.Find(connection, number, requestId), cancellation);
        return row?.Stored;
    }

    public async ValueTask<Snapshot?> FindSnapshotAsync(string tenant, string requestId, int number, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } tenantNumber
            ? await readers.ReadAsync(
                connection => RequestReader.NumberOf(connection, tenantNumber, requestId) is { } request
                    ? RequestReader.FindSnapshot(connection, request, number)
                    : null,
                cancellation)
            : null;

    /// <remarks>A command is carried out before it is answered: each that is known has its receipt.</remarks>
    public async ValueTask<CommandStatus?> FindCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } number
        && await readers.ReadAsync(connection => FindReceipt(connection, number, requestId, commandId), cancellation) is { } receipt
            ? new CommandStatus(receipt)
            : null;

    public async ValueTask<Page<RequestSummary>> ListAsync(RequestQuery query, PageRequest page, CancellationToken cancellation)
    {
        if (catalog.NumberOf(query.Tenant) is not { } tenant)
        {
            return new Page<RequestSummary>([], null);
        }

        var before = Cursor.Read(page.Cursor, 1)?[0] ?? long.MaxValue;
        var found = await readers.ReadAsync(
            connection => RequestSearch.Down(connection, index.Open, tenant, query, before, page.Limit + 1), cancellation);
        var (items, cursor) = Cursor.Page(found, page.Limit, item => Cursor.Write(item.Number));
        return new Page<RequestSummary>([.. items.Select(item => item.Summary)], cursor);
    }

    public async ValueTask<Page<StoredEntry>> HistoryAsync(string tenant, string requestId, PageRequest page, CancellationToken cancellation)
    {
        if (catalog.NumberOf(tenant) is not { } number)
        {
            return new Page<StoredEntry>([], null);
        }

        var after = Cursor.Read(page.Cursor, 1)?[0] ?? 0;
        var found = await readers.ReadAsync(
            connection => RequestReader.NumberOf(connection, number, requestId) is { } request
                ? AuditReader.Chain(connection, request, after, page.Limit + 1)
                : [],
            cancellation);
        return Cursor.Page(found, page.Limit, entry => Cursor.Write(entry.Sequence));
    }

    public ValueTask<Page<RequestSummary>> InboxAsync(InboxQuery query, PageRequest page, CancellationToken cancellation) =>
        catalog.Find(query.Tenant) is { } tenant
            ? readers.ReadAsync(connection => InboxReader.Page(connection, tenant.Number, ZoneOf(tenant), query, page), cancellation)
            : new(new Page<RequestSummary>([], null));

    public ValueTask<InboxCount> CountInboxAsync(InboxQuery query, CancellationToken cancellation) =>
        catalog.Find(query.Tenant) is { } tenant
            ? readers.ReadAsync(connection => InboxReader.Count(connection, tenant.Number, ZoneOf(tenant), query), cancellation)
            : new(new InboxCount(0, 0));

    public async ValueTask<StoredRequest?> WaitAsync(
        string tenant, string requestId, long version, TimeSpan wait, CancellationToken cancellation)
    {
        var found = await FindAsync(tenant, requestId, cancellation);
        if (found is null || found.State.Version > version || wait <= TimeSpan.Zero || catalog.NumberOf(tenant) is not { } number)
        {
            return found;
        }

        using var watch = versions.Listen((number, requestId));
        if (watch is null)
        {
            return found;
        }

        var start = time.GetTimestamp();
        while (true)
        {
            var next = watch.Next;
            found = await FindAsync(tenant, requestId, cancellation);
            var left = wait - time.GetElapsedTime(start);
            if (found is null || found.State.Version > version || left <= TimeSpan.Zero)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(left, time, cancellation);
            }
            catch (TimeoutException)
            {
                return await FindAsync(tenant, requestId, cancellation);
            }
        }
    }

    private static Receipt? FindReceipt(Connection connection, long tenant, string requestId, string commandId)
    {
        var receipts = new ReceiptTable(connection);
        return RequestReader.NumberOf(connection, tenant, requestId) is { } request
            ? receipts.Find(request, commandId)
            : receipts.FindStray(tenant, requestId, commandId);
    }

    private static TimeZoneInfo ZoneOf(TenantEntry tenant) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(tenant.Snapshot.Settings.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
