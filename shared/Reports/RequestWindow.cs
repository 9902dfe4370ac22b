using System.Collections.Immutable;
using Approvals.Ports;
using Approvals.Requests;

namespace Approvals.Reports;

/// <summary>The newest requests of a tenant within a time, as far as a report reads them.</summary>
/// <param name="Truncated">There are more than were read.</param>
public sealed record RequestWindow(ImmutableArray<RequestSummary> Requests, bool Truncated)
{
    /// <summary>The most requests that a report reads.</summary>
    public const int Most = 10_000;

    private const int PageSize = 200;

    /// <param name="from">Creation, inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public static async ValueTask<RequestWindow> ReadAsync(
        IRequestStore requests, string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<RequestSummary>();
        var query = new RequestQuery { Tenant = tenant };
        string? cursor = null;
        var read = 0;
        do
        {
            var page = await requests.ListAsync(query, new PageRequest(PageSize, cursor), cancellation);
            found.AddRange(page.Items.Where(request => request.CreatedAt >= from && request.CreatedAt < to));
            read += page.Items.Length;
            // Newest first: once one is older than the window, so is the rest.
            cursor = page.Items.IsEmpty || page.Items[^1].CreatedAt < from ? null : page.NextCursor;
        }
        while (cursor is not null && read < Most);
        return new RequestWindow(found.ToImmutable(), cursor is not null);
    }
}
