using Approvals.Actors;
using Approvals.Audit;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Tokens;

/// <summary>Makes API tokens, for the command line and the API alike.</summary>
public static class TokenIssue
{
    /// <summary>The token and its text, which is known only here and now.</summary>
    public static (ApiToken Token, string Text) New(string tenant, string person, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var text = TokenText.New();
        return (new ApiToken(Guid.CreateVersion7(now).ToString("N"), tenant, person, TokenText.Hash(text), now, expiresAt, null), text);
    }

    public static AuditDraft Entry(ApiToken token, string action, Actor by, Origin origin, DateTimeOffset now) => new()
    {
        Tenant = token.Tenant,
        At = now,
        Actor = by,
        Action = action,
        Subject = new Subject("token", token.Id),
        Outcome = AuditOutcome.Ok,
        Details = [new("person", Value.From(token.Person))],
        Origin = origin,
    };
}
