using System.Buffers.Text;
using System.Security.Cryptography;
using Approvals.Chains.State;
using Approvals.Ports;
using Approvals.Values;

namespace Approvals.Gate;

/// <summary>
/// Tokens of grants. Nothing is stored: a token is an HMAC-SHA-256 over the grant, so that a repeated check gives the same one, and it can be
/// told from a forged one. It is no secret shared with others: only the requester can claim with it.
/// </summary>
public sealed class GrantTokens(ISecretKeys keys)
{
    private const string Purpose = "grant";
    private const string Prefix = "grt_";

    public string Issue(RequestState request, GrantState grant) => Make(request, grant, keys.For(Purpose)[0].Span);

    /// <summary>Whether the token is that grant's, under the present key or an earlier one. Takes the same time for every wrong token.</summary>
    public bool IsValid(RequestState request, GrantState grant, string token)
    {
        var valid = false;
        foreach (var key in keys.For(Purpose))
        {
            valid |= CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(Make(request, grant, key.Span)), System.Text.Encoding.UTF8.GetBytes(token));
        }
        return valid;
    }

    // A request has one grant; its expiry tells it from the grant of another approval, should an override ever lead to a second.
    private static string Make(RequestState request, GrantState grant, ReadOnlySpan<byte> key)
    {
        var content = JsonText.Canonical(Value.List(
            Value.From(request.Tenant), Value.From(request.Id), Value.From(Rfc3339.Format(grant.ExpiresAt))));
        return Prefix + Base64Url.EncodeToString(HMACSHA256.HashData(key, content));
    }
}
