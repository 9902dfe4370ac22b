using System.Collections.Immutable;
using System.Net;
using System.Text;
using Approvals.Actors;
using Approvals.Api.SignIn;
using Approvals.Values;

namespace Approvals.Standalone.SignIn;

/// <summary>
/// The principal header of App Service authentication, set by a proxy in front: believed only from the addresses that are named as trusted.
/// <c>tid</c> is the tenant, <c>oid</c> or <c>preferred_username</c> the person, <c>roles</c> the roles.
/// </summary>
internal sealed class ProxyPrincipals(IReadOnlyList<IPNetwork> trusted) : IPrincipalReader
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL";
    private const int MaxLength = 32 * 1024;
    private const int MaxId = 200;
    private const string LongTenant = "http://schemas.microsoft.com/identity/claims/tenantid";
    private const string LongObject = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string LongRole = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

    public string Challenge => "Bearer realm=\"approvals\"";

    public ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        if (!IsTrusted(http.Connection.RemoteIpAddress) || http.Request.Headers[Header] is not [{ Length: > 0 and <= MaxLength } header])
        {
            return default;
        }
        // The proxy adds the address that it saw at the end; what stands before it came from the caller.
        var forwarded = http.Request.Headers["X-Forwarded-For"].ToString();
        if (forwarded.Length > 0 && IPAddress.TryParse(forwarded.AsSpan(forwarded.LastIndexOf(',') + 1).Trim(), out var client))
        {
            http.Features.Set(new ClientAddress(client.ToString()));
        }
        return new ValueTask<Principal?>(Read(header));
    }

    private bool IsTrusted(IPAddress? remote)
    {
        if (remote is null)
        {
            return false;
        }
        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        return trusted.Any(network => network.Contains(address));
    }

    private static Principal? Read(string header)
    {
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var size) || !JsonText.TryParse(bytes.AsSpan(0, size), out var value, out _)
            || !value.TryGet("claims", out var list) || list.Kind != ValueKind.List)
        {
            return null;
        }
        var claims = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var claim in list.Items)
        {
            if (Text(claim, "typ") is { } type && Text(claim, "val") is { } text)
            {
                (claims.TryGetValue(type, out var known) ? known : claims[type] = []).Add(text);
            }
        }
        var tenant = One(claims, "tid", LongTenant);
        var username = One(claims, "preferred_username");
        var person = One(claims, "oid", LongObject) ?? username;
        return tenant is null || person is null
            ? null
            : new Principal(tenant, person)
            {
                Alias = username,
                Roles = [.. All(claims, "roles"), .. All(claims, LongRole)],
                Vouched = new Vouched(
                    One(claims, "name") ?? person,
                    // An application's own token, without a person behind it.
                    One(claims, "idtyp") == "app" ? ActorType.Agent : ActorType.Human),
            };
    }

    private static string? One(Dictionary<string, List<string>> claims, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (claims.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= MaxId } value] && !value.Any(char.IsControl))
            {
                return value;
            }
        }
        return null;
    }

    private static ImmutableArray<string> All(Dictionary<string, List<string>> claims, string name) =>
        claims.TryGetValue(name, out var values) ? [.. values] : [];

    private static string? Text(Value claim, string name) =>
        claim.TryGet(name, out var value) && value.Kind == ValueKind.String ? value.AsString() : null;
}
