using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Ports;

namespace Approvals.Reports;

/// <summary>Entries of one kind within a time, as far as a report reads them.</summary>
/// <param name="Truncated">There are more than were read.</param>
public sealed record Trail(ImmutableArray<AuditFields> Entries, bool Truncated)
{
    /// <summary>The most entries of one kind that a report reads: what it costs stays bounded however long the trail is.</summary>
    public const int Most = 5_000;

    private const int PageSize = 200;

    /// <param name="keep">What is not kept counts to what was read.</param>
    public static async ValueTask<Trail> ReadAsync(
        IAuditStore audit, string tenant, string action, DateTimeOffset from, DateTimeOffset to, Func<AuditFields, bool> keep, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<AuditFields>();
        var query = new AuditQuery { Tenant = tenant, Action = action, From = from, To = to };
        string? cursor = null;
        var read = 0;
        do
        {
            var page = await audit.QueryAsync(query, new PageRequest(PageSize, cursor), cancellation);
            foreach (var entry in page.Items)
            {
                var fields = AuditFields.Read(entry);
                if (keep(fields))
                {
                    found.Add(fields);
                }
            }
            read += page.Items.Length;
            cursor = page.NextCursor;
        }
        while (cursor is not null && read < Most);
        return new Trail(found.ToImmutable(), cursor is not null);
    }

    /// <summary>The requests that the entries are of, each once, newest first.</summary>
    public ImmutableArray<string> Requests =>
        [.. Entries.Where(entry => entry.RequestId is not null).Select(entry => entry.RequestId!).Distinct(StringComparer.Ordinal)];
}
