using Approvals.Api.SignIn;
using Approvals.Identities;
using Approvals.Values;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>
/// The principal header of App Service authentication, set by the platform or a proxy in front: believed only where the host says that it came
/// from there. Who its claims mean is for <see cref="Identity"/> to say.
/// </summary>
/// <param name="isTrusted">Whether the header of this call can only have been set by what authenticated the caller.</param>
public sealed class ClientPrincipals(Func<HttpContext, bool> isTrusted) : IPrincipalReader
{
    private const string Header = IPrincipalReader.ProxyHeader;
    private const int MaxLength = 32 * 1024;

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

    /// <summary>Whatever signed the caller in adds the header by itself, to calls that another site made a browser send too.</summary>
    private static Principal.Vouched? Read(string header)
    {
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var size) || !JsonText.TryParse(bytes.AsSpan(0, size), out var value, out _)
            || !value.TryGet("claims", out var list) || list.Kind != ValueKind.List)
        {
            return null;
        }
        var claims = new VerifiedClaims(Claims(list));
        return Identity.Of(claims) is { } identity ? new Principal.Vouched(identity) { IsAmbient = true, Credential = SessionClaim.Of(claims) } : null;
    }

    private static List<KeyValuePair<string, string>> Claims(Value list)
    {
        var claims = new List<KeyValuePair<string, string>>();
        foreach (var claim in list.Items)
        {
            if (!claim.TryGet("typ", out var type) || type.Kind != ValueKind.String)
            {
                continue;
            }
            // A claim that is there in another form says what it says: who acts for somebody is no human because of it.
            var isList = claim.TryGet("val", out var value) && value.Kind == ValueKind.List && !value.Items.IsEmpty;
            foreach (var each in isList ? value.Items : [value])
            {
                claims.Add(new(type.AsString(), Text(each)));
            }
        }
        return claims;
    }

    private static string Text(Value value) => value.Kind switch
    {
        ValueKind.Null => "",
        ValueKind.String => value.AsString(),
        _ => JsonText.ToText(value),
    };
}
