using System.Net;
using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>
/// <c>Authorization: Bearer dev.{tenant}.{person}</c> is that person. Only for callers on this machine; the settings refuse it on any
/// other address, and a connection from elsewhere is refused here once more.
/// </summary>
public sealed class DevelopmentPrincipals : IPrincipalReader
{
    private const string Prefix = "dev.";

    public string Challenge => "Bearer realm=\"approvals\"";

    public ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        var token = BearerHeader.Of(http.Request);
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            return default;
        }
        token = token[Prefix.Length..];
        var dot = token.IndexOf('.');
        return dot <= 0 || dot == token.Length - 1
            ? default
            : new ValueTask<Principal?>(new Principal(token[..dot].ToString(), token[(dot + 1)..].ToString()));
    }
}
