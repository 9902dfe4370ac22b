using Approvals.Requests;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>Looks up what the tenant's partition shows of requests.</summary>
internal sealed class RequestIndexes(TableClient table)
{
    public TableClient Table { get; } = table;

    public async Task<RequestIndex?> FindAsync(string tenant, string requestId, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            TenantTrail.PartitionOf(tenant), RequestIndex.KeyOf(requestId), cancellationToken: cancellation);
        return row.HasValue ? RequestIndex.Of(row.Value!) : null;
    }

    /// <summary>All at once, in the given order; null where there is none.</summary>
    public async Task<IReadOnlyList<RequestIndex?>> FindAsync(string tenant, IEnumerable<string> requestIds, CancellationToken cancellation) =>
        await Task.WhenAll(requestIds.Select(id => FindAsync(tenant, id, cancellation)));

    public async Task<Page<RequestSummary>> ListAsync(RequestQuery query, PageRequest page, CancellationToken cancellation) =>
        await Table.PageAsync<RequestSummary>(
            TenantTrail.PartitionOf(query.Tenant),
            RequestLists.FirstOf(query),
            page,
            async rows => [.. (await FindAsync(query.Tenant, rows.Select(row => row.GetString("id")), cancellation)).Select(index => Matching(query, index))],
            cancellation);

    private static RequestSummary? Matching(RequestQuery query, RequestIndex? index) =>
        index is not null && query.Matches(index.Summary) && (query.VisibleTo is not { } person || index.Listed.Contains(person, StringComparer.Ordinal))
            ? index.Summary
            : null;
}
