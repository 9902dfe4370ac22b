using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Ports;
using Azure;
using Azure.Data.Tables;

namespace Approvals.Functions.Tables.Tenants;

/// <summary>API tokens: by their hash in a partition each, and listed in their tenant's.</summary>
internal sealed class TablesTokenStore(TenantChanges tenants) : ITokenStore
{
    private const string HashPrefix = "!token|";
    private const string HashRow = "t";

    public async ValueTask<ApiToken?> FindAsync(string hash, CancellationToken cancellation)
    {
        var row = await tenants.Table.GetEntityIfExistsAsync<TableEntity>(HashPrefix + TableKey.Part(hash), HashRow, cancellationToken: cancellation);
        return row.HasValue ? TenantRows.TokenOf(row.Value!) : null;
    }

    public async ValueTask<ImmutableArray<ApiToken>> ListAsync(string tenant, CancellationToken cancellation)
    {
        var rows = await tenants.Table.ListAsync(TenantTrail.PartitionOf(tenant), TenantRows.Tokens, cancellation);
        return [.. rows.Select(TenantRows.TokenOf).OrderBy(token => token.CreatedAt).ThenBy(token => token.Id, StringComparer.Ordinal)];
    }

    /// <summary>Listed and audited before it can be used.</summary>
    public async ValueTask AddAsync(ApiToken token, AuditDraft audit, CancellationToken cancellation)
    {
        await tenants.WriteAsync(
            token.Tenant,
            batch =>
            {
                batch.Put(batch.Row(TenantRows.Token(token.Id)).With("body", token, TableJson.Default.ApiToken));
                return new ValueTask<bool>(true);
            },
            changes: _ => true,
            [audit],
            []);
        try
        {
            await tenants.Table.AddEntityAsync(RowOf(token), cancellation);
        }
        catch (RequestFailedException fault) when (fault.IsConflict())
        {
            // It was revoked meanwhile, and stays so.
        }
    }

    /// <summary>Out of use before that is told.</summary>
    public async ValueTask<bool> RevokeAsync(string tenant, string id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellation)
    {
        var row = await tenants.Table.GetEntityIfExistsAsync<TableEntity>(TenantTrail.PartitionOf(tenant), TenantRows.Token(id), cancellationToken: cancellation);
        if (!row.HasValue)
        {
            return false;
        }

        var token = TenantRows.TokenOf(row.Value!);
        if (token.RevokedAt is not null)
        {
            return true;
        }

        token = token with { RevokedAt = at };
        await tenants.Table.UpsertEntityAsync(RowOf(token), TableUpdateMode.Replace, cancellation);
        await tenants.WriteAsync(
            tenant,
            async batch =>
            {
                var first = await batch.FindAsync(TenantRows.Token(id)) is { } known && TenantRows.TokenOf(known).RevokedAt is null;
                if (first)
                {
                    batch.Put(batch.Row(TenantRows.Token(id)).With("body", token, TableJson.Default.ApiToken));
                }

                return first;
            },
            changes: first => first,
            [audit],
            []);
        return true;
    }

    private static TableEntity RowOf(ApiToken token) =>
        new TableEntity(HashPrefix + TableKey.Part(token.Hash), HashRow).With("body", token, TableJson.Default.ApiToken);
}
