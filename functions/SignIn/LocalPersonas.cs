using System.Net;
using Approvals.Api.SignIn;
using Approvals.Hosting.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Functions.SignIn;

/// <summary>
/// Development personas behind the local Functions tools. Every call comes from the tools' own process, so that a connection's address says nothing
/// of its caller; a name that an attacker points at this machine is told by the Host header.
/// </summary>
internal sealed class LocalPersonas(DevelopmentPrincipals personas) : IPrincipalReader
{
    public string Challenge => personas.Challenge;

    public ValueTask<Principal?> ReadAsync(HttpContext http) => IsLocal(http.Request.Host.Host) ? personas.ReadAsync(http) : default;

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
