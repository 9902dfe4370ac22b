using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Tokens;

/// <summary>Makes API tokens, for the command line and the API alike.</summary>
public static class TokenIssue
{
    /// <summary>How long a token lives where nobody asked for another time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>The word for a token that does not end by itself.</summary>
    public const string Never = "never";

    /// <summary>The token and its text, which is known only here and now.</summary>
    /// <param name="madeBy"><see cref="ApiToken.MadeBy"/>.</param>
    public static (ApiToken Token, string Text) New(
        string tenant, string person, string madeBy, DateTimeOffset now, DateTimeOffset? expiresAt, Scopes scopes = Scopes.Default)
    {
        var text = TokenText.New();
        var token = new ApiToken(Guid.CreateVersion7(now).ToString("N"), tenant, person, TokenText.Hash(text), now, expiresAt, null) { Scopes = scopes, MadeBy = madeBy };
        return (token, text);
    }

    /// <param name="token">As it is made, or as it was before it was revoked.</param>
    /// <param name="action"><see cref="AuditAction.TokenCreated"/> or <see cref="AuditAction.TokenRevoked"/>.</param>
    public static AuditDraft Entry(ApiToken token, string action, Actor by, Origin origin, DateTimeOffset now) => new()
    {
        Tenant = token.Tenant,
        At = now,
        Actor = by,
        Action = action,
        Subject = new Subject("token", token.Id),
        Outcome = AuditOutcome.Ok,
        Details = Details(Members(token), isNew: action == AuditAction.TokenCreated),
        Origin = origin,
    };

    private static ImmutableArray<KeyValuePair<string, Value>> Details(ImmutableArray<KeyValuePair<string, Value>> token, bool isNew) =>
        [new("after", Value.Map(isNew ? token : [])), new("before", Value.Map(isNew ? [] : token)), .. token];

    private static ImmutableArray<KeyValuePair<string, Value>> Members(ApiToken token)
    {
        KeyValuePair<string, Value>[] members =
        [
            new("person", Value.From(token.Person)), new("scopes", Value.List([.. ScopeWords.Words(token.Scopes).Select(Value.From)])),
        ];
        return token.ExpiresAt is { } ends ? [new("expiresAt", Value.From(ends)), .. members] : [.. members];
    }
}
