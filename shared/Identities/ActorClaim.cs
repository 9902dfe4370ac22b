using System.Text;
using Approvals.Values;

namespace Approvals.Identities;

/// <summary>The claim <c>act</c> (RFC 8693): who acts with a person's token.</summary>
internal static class ActorClaim
{
    /// <summary>Null: nobody does, or it isn't said who.</summary>
    public static string? Subject(VerifiedClaims claims)
    {
        if (!claims.TryOne("act", out var text) || text is null)
        {
            return null;
        }
        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var act, out _) || act.Kind != ValueKind.Map)
        {
            return text.StartsWith('{') || text.StartsWith('[') ? null : text;
        }
        return act.TryGet("sub", out var sub) && sub.Kind == ValueKind.String && sub.AsString() is { Length: > 0 } subject && !subject.Any(char.IsControl)
            ? subject
            : null;
    }
}
