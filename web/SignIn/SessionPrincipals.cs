using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.SignIn;

/// <summary>
/// Lets a browser's session stand for the bearer credential that it holds, on pages and on reads of the API (the live stream, exports).
/// Writes over the API never take it: there only a credential that the caller itself put into the request counts, so no other site can
/// make a browser write. Pages check their forms' anti-forgery field.
/// </summary>
internal sealed class SessionPrincipals(IPrincipalReader inner, SessionCookie session) : IPrincipalReader
{
    public string Challenge => inner.Challenge;

    public ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.Authorization.Count == 0 && TakesSession(http) && session.Credential(http) is { } credential)
        {
            headers.Authorization = "Bearer " + credential;
        }

        return inner.ReadAsync(http);
    }

    private static bool TakesSession(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
        || http.GetEndpoint()?.Metadata.GetMetadata<PageMarker>() is not null;
}

/// <summary>Marks the routes of pages.</summary>
internal sealed class PageMarker
{
    public static readonly PageMarker Instance = new();
}
