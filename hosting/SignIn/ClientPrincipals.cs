using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Api.SignIn;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>
/// The principal header of App Service authentication, set by the platform or a proxy in front: believed only where the host says that it came
/// from there. <c>tid</c> is the tenant, <c>oid</c> or <c>preferred_username</c> the person, <c>roles</c> the roles.
/// </summary>
/// <param name="isTrusted">Whether the header of this call can only have been set by what authenticated the caller.</param>
public sealed class ClientPrincipals(Func<HttpContext, bool> isTrusted) : IPrincipalReader
{
    private const string Header = IPrincipalReader.ProxyHeader;
    private const int MaxLength = 32 * 1024;
    private const int MaxId = 200;
    private const string LongTenant = "http://schemas.microsoft.com/identity/claims/tenantid";
    private const string LongObject = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string LongRole = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

    public string Challenge => "Bearer realm=\"approvals\"";

    public ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        if (!isTrusted(http) || http.Request.Headers[Header] is not [{ Length: > 0 and <= MaxLength } header])
        {
            return default;
        }
        ForwardedFor.Take(http);
        return new ValueTask<Principal?>(Read(header));
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
