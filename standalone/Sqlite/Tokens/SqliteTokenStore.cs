using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite.Tenants;
using Approvals.Tokens;

namespace Approvals.Standalone.Sqlite.Tokens;

/// <summary>API tokens by their hash. Those found are remembered: a token is looked up on every call.</summary>
internal sealed class SqliteTokenStore(ReaderPool readers, Writer writer, TenantCatalog catalog, TokenSpool spool) : ITokenStore
{
    private readonly TokenCache cache = new();

    public async ValueTask<ApiToken?> FindAsync(string hash, CancellationToken cancellation)
    {
        if (cache.Find(hash) is { } known)
        {
            return known;
        }

        var generation = cache.Generation;
        var token = await readers.ReadAsync(connection => TokenTable.Find(connection, hash), cancellation);
        if (token is null && spool.Find(hash) is { } made)
        {
            await TakeAsync(made, cancellation);
            token = await readers.ReadAsync(connection => TokenTable.Find(connection, hash), cancellation);
        }

        if (token is not null)
        {
            cache.Add(token, generation);
        }

        return token;
    }

    /// <summary>Takes over what the command line made.</summary>
    public async Task TakeAllAsync(CancellationToken cancellation)
    {
        foreach (var made in spool.All())
        {
            await TakeAsync(made, cancellation);
        }
    }

    public async ValueTask<ImmutableArray<ApiToken>> ListAsync(string tenant, CancellationToken cancellation) =>
        catalog.NumberOf(tenant) is { } number
            ? await readers.ReadAsync(connection => TokenTable.List(connection, number), cancellation)
            : [];

    public async ValueTask AddAsync(ApiToken token, AuditDraft audit, CancellationToken cancellation) =>
        await writer.RunAsync(
            ledger =>
            {
                var tenant = ledger.Tenants.Get(token.Tenant);
                TokenTable.Insert(ledger.Connection, tenant.Number, token);
                ledger.Record(tenant, [audit]);
                return true;
            },
            cancellation);

    public async ValueTask<bool> RevokeAsync(string tenant, string id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellation)
    {
        var revoked = await writer.RunAsync(
            ledger =>
            {
                var entry = ledger.Tenants.Get(tenant);
                if (TokenTable.Revoke(ledger.Connection, entry.Number, id, at))
                {
                    ledger.Record(entry, [audit]);
                    return true;
                }

                return TokenTable.Exists(ledger.Connection, entry.Number, id);
            },
            cancellation);
        cache.Clear();
        return revoked;
    }

    private async ValueTask TakeAsync(ApiToken made, CancellationToken cancellation)
    {
        await writer.RunAsync(
            ledger =>
            {
                // A second use of the token may have been faster; a tenant may be gone.
                if (ledger.Tenants.Find(made.Tenant) is { } tenant && TokenTable.Find(ledger.Connection, made.Hash) is null)
                {
                    TokenTable.Insert(ledger.Connection, tenant.Number, made);
                    ledger.Record(tenant, [TokenIssue.Entry(made, AuditAction.TokenCreated, Actor.System, Origin.Internal, made.CreatedAt)]);
                }

                return true;
            },
            cancellation);
        spool.Remove(made.Hash);
    }
}
