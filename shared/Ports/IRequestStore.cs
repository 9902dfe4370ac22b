using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Inbox;
using Approvals.Outbox;
using Approvals.Requests;

namespace Approvals.Ports;

/// <summary>Reads requests. No query's cost grows with the number of stored requests.</summary>
public interface IRequestStore
{
    ValueTask<StoredRequest?> FindAsync(string tenant, string requestId, CancellationToken cancellation);

    /// <summary>The request that an event tells of, as it was after the event or later: enough for those who act on what happened.</summary>
    ValueTask<StoredRequest?> FindAsync(OutboxEvent happened, CancellationToken cancellation) =>
        FindAsync(happened.Tenant, happened.RequestId, cancellation);

    /// <summary>An earlier or the present snapshot.</summary>
    ValueTask<Snapshot?> FindSnapshotAsync(string tenant, string requestId, int number, CancellationToken cancellation);

    /// <summary>What became of a command that was sent to a request, or that was to start it; null where there is none of that id.</summary>
    ValueTask<CommandStatus?> FindCommandAsync(string tenant, string requestId, string commandId, CancellationToken cancellation);

    ValueTask<Page<RequestSummary>> ListAsync(RequestQuery query, PageRequest page, CancellationToken cancellation);

    ValueTask<Page<StoredEntry>> HistoryAsync(string tenant, string requestId, PageRequest page, CancellationToken cancellation);

    /// <summary>What waits for the given people, ordered as the query says.</summary>
    ValueTask<Page<RequestSummary>> InboxAsync(InboxQuery query, PageRequest page, CancellationToken cancellation);

    ValueTask<InboxCount> CountInboxAsync(InboxQuery query, CancellationToken cancellation);

    /// <summary>Completes when the request's version is above <paramref name="version"/>, or at the end of <paramref name="wait"/>.</summary>
    ValueTask<StoredRequest?> WaitAsync(string tenant, string requestId, long version, TimeSpan wait, CancellationToken cancellation);
}
