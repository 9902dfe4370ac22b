using Approvals.Api.SignIn;
using Approvals.Hosting.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Functions.SignIn;

/// <summary>
/// The principal that App Service authentication adds to a call. It also adds it for a browser's session cookie, which another site can make a
/// browser send: a write that a browser says comes from another site has no principal.
/// </summary>
internal sealed class EasyAuthPrincipals(ClientPrincipals principals) : IPrincipalReader
{
    public string Challenge => principals.Challenge;

    public ValueTask<Principal?> ReadAsync(HttpContext http) => IsFromElsewhere(http.Request) ? default : principals.ReadAsync(http);

    // https://www.w3.org/TR/fetch-metadata/: programs send none of these, browsers do, and pages can't change them.
    private static bool IsFromElsewhere(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            || (request.Headers.Origin.ToString() is { Length: > 0 } origin
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var from)
                    && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))));
}
