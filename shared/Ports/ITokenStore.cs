using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Tokens;

namespace Approvals.Ports;

/// <summary>API tokens, by the SHA-256 of their text; the text itself is kept nowhere.</summary>
public interface ITokenStore
{
    ValueTask<ApiToken?> FindAsync(string hash, CancellationToken cancellation);

    ValueTask<ImmutableArray<ApiToken>> ListAsync(string tenant, CancellationToken cancellation);

    ValueTask AddAsync(ApiToken token, AuditDraft audit, CancellationToken cancellation);

    /// <summary>False: there is no such token.</summary>
    ValueTask<bool> RevokeAsync(string tenant, string id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellation);
}

/// <param name="Hash">Lower-case hex SHA-256 of the token's text.</param>
public sealed record ApiToken(
    string Id, string Tenant, string Person, string Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>What it is good for. Tokens from before there were scopes ask and read: whoever decides with one makes it anew.</summary>
    public Scopes Scopes { get; init => field = value == Scopes.None ? Scopes.Default : value; } = Scopes.Default;

    /// <summary>Identity of who made it, <c>system</c> for the operator's command line; null: from before it was kept.</summary>
    public string? MadeBy { get; init; }

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}
