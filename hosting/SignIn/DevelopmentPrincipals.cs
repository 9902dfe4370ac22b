using System.Net;
using Approvals.Actors;
using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>
/// <c>Authorization: Bearer dev.{tenant}.{person}</c> is that person. Only for callers on this machine; the settings refuse it on any
/// other address, and a connection from elsewhere, or one that something passed on, is refused here once more.
/// </summary>
/// <param name="isPassedOn">Whether the call came through something in front; <see cref="ForwardingHeaders.Any"/> unless the host has to say.</param>
public sealed class DevelopmentPrincipals(Func<HttpRequest, bool>? isPassedOn = null) : IPrincipalReader
{
    private const string Prefix = "dev.";

    public string Challenge => "Bearer realm=\"approvals\"";

    public ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        var token = BearerHeader.Of(http.Request);
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote)
            || (isPassedOn ?? ForwardingHeaders.Any)(http.Request))
        {
            return default;
        }
        token = token[Prefix.Length..];
        var dot = token.IndexOf('.');
        return dot <= 0 || dot == token.Length - 1
            ? default
            : new ValueTask<Principal?>(new Principal.Known(token[..dot].ToString(), token[(dot + 1)..].ToString(), Assurance.Development));
    }
}
