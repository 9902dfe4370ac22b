using System.Collections.Immutable;
using Approvals.Notifications;
using Approvals.Ports;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables;

/// <summary>
/// The in-app feed: a person is a partition, with a row for each notification, newest first, and one that says that its id was seen, both
/// written in one transaction; one more keeps which message first asked the person to decide.
/// </summary>
/// <remarks>
/// Order of arrival is order of writing by this process; between processes it is that of their clocks. Only the holder of the outbox's
/// <see cref="Lease"/> writes, and what it passes on is further apart than clocks are.
/// </remarks>
internal sealed class TablesNotificationStore(TableClient table, TimeProvider time) : INotificationStore
{
    private const string Feed = "feed";
    private const string Seen = "seen";
    private const string FirstAsk = "first";
    private const string Body = "Body";
    private const string Message = "Message";

    /// <summary>Two rows each, within the service's limit of 100 for one transaction.</summary>
    private const int Batch = 50;

    private const int PeopleAtOnce = 8;

    private readonly Lock _numbering = new();
    private long _last;

    public async ValueTask AddAsync(ImmutableArray<Notification> notifications, CancellationToken cancellation)
    {
        var people = notifications.Select(one => (Number: Next(), Notification: one))
            .GroupBy(one => TableKey.Of(one.Notification.Tenant, one.Notification.Person), StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = PeopleAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(people, options, async (person, token) =>
        {
            foreach (var batch in person.DistinctBy(one => one.Notification.Id, StringComparer.Ordinal).Chunk(Batch))
            {
                await AddAsync([.. batch.Select(one => Rows(person.Key, one.Number, one.Notification))], token);
            }
        });
    }

    public async ValueTask<string> KeepFirstAsync(string tenant, string person, string messageId, CancellationToken cancellation)
    {
        var row = new TableEntity(TableKey.Of(tenant, person), FirstAsk) { [Message] = messageId };
        if (await TryAddAsync([row], cancellation))
        {
            return messageId;
        }

        var kept = await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellation);
        return kept.Value.GetString(Message);
    }

    public ValueTask<Page<Notification>> ListAsync(string tenant, string person, PageRequest page, CancellationToken cancellation) =>
        table.PageAsync(TableKey.Of(tenant, person), Feed, page, row => row.Read(Body, TableJson.Default.Notification), cancellation);

    private static TableEntity[] Rows(string partition, long number, Notification notification) =>
    [
        new TableEntity(partition, TableKey.Of(Feed, TableKey.Descending(number), notification.Id))
            .With(Body, notification, TableJson.Default.Notification),
        new TableEntity(partition, TableKey.Of(Seen, notification.Id)),
    ];

    private async Task AddAsync(TableEntity[][] notifications, CancellationToken cancellation)
    {
        if (await TryAddAsync(notifications.SelectMany(rows => rows), cancellation))
        {
            return;
        }

        // One of them at least was there. This is a repeat after a crash, and rare.
        foreach (var rows in notifications)
        {
            await TryAddAsync(rows, cancellation);
        }
    }

    /// <summary>False: one is there already, and nothing was written.</summary>
    private async Task<bool> TryAddAsync(IEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellation);
            return true;
        }
        catch (RequestFailedException fault) when (fault.IsConflict())
        {
            return false;
        }
    }

    /// <summary>The time in ticks, but never one number twice nor a smaller one after a larger.</summary>
    private long Next()
    {
        lock (_numbering)
        {
            return _last = Math.Max(time.GetUtcNow().UtcTicks, _last + 1);
        }
    }
}
