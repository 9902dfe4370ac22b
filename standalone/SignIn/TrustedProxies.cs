using System.Net;

namespace Approvals.Standalone.SignIn;

/// <summary>The addresses from which a principal header is believed.</summary>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    public bool Sent(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } remote)
        {
            return false;
        }
        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        return networks.Any(network => network.Contains(address));
    }
}
