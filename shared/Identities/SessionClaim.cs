using Approvals.Actors;

namespace Approvals.Identities;

/// <summary>The claims that name a session, or else the very token: <c>sid</c>, <c>uti</c> (Entra), <c>jti</c>.</summary>
public static class SessionClaim
{
    private static readonly string[] Names = ["sid", "uti", "jti"];

    /// <summary>Null: none does.</summary>
    public static Credential? Of(VerifiedClaims claims)
    {
        foreach (var name in Names)
        {
            if (claims.TryOne(name, out var id) && id is not null)
            {
                return Credential.OfSession(id);
            }
        }
        return null;
    }
}
