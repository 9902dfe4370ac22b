using Approvals.Api.Http;
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
        && (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" || !SameOrigin.Is(request));
}
