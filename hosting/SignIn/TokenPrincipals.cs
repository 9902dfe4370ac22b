using Approvals.Actors;
using Approvals.Api.SignIn;
using Approvals.Ports;
using Approvals.Tokens;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary><c>Authorization: Bearer apt_…</c>, looked up by the hash of its text.</summary>
public sealed class TokenPrincipals(ITokenStore tokens, TimeProvider time) : IPrincipalReader
{
    public string Challenge => "Bearer realm=\"approvals\"";

    public async ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        if (Hash(http.Request) is not { } hash)
        {
            return null;
        }
        // The lookup is by the hash of 256 random bits: how long it takes says nothing of any other token.
        return await tokens.FindAsync(hash, http.RequestAborted) is { } token && token.IsValid(time.GetUtcNow())
            ? new Principal.Known(token.Tenant, token.Person, Assurance.Token)
            {
                IsIdentity = true,
                Scopes = token.Scopes,
                Credential = Credential.OfToken(token.Id, token.MadeBy),
            }
            : null;
    }

    private static string? Hash(HttpRequest request)
    {
        var text = BearerHeader.Of(request);
        return TokenText.IsShaped(text) ? TokenText.Hash(text.ToString()) : null;
    }
}
