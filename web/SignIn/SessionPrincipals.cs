using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.SignIn;

/// <summary>
/// Lets a browser's session stand for the bearer credential that it holds, on pages and on reads of the API (the live stream, exports).
/// Writes over the API never take it: there only a credential that the caller itself put into the request counts, so no other site can
/// make a browser write. Pages check their forms' anti-forgery field.
/// </summary>
internal sealed class SessionPrincipals(IPrincipalReader inner, SessionCookie cookie) : IPrincipalReader
{
    public string Challenge => inner.Challenge;

    /// <summary>A stream asks again whenever it sends something: the session that it began with may be over by then.</summary>
    public async ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.Authorization.Count == 0 && TakesSession(http) && cookie.Read(http) is { } found)
        {
            headers.Authorization = "Bearer " + found.Credential;
            http.Features.Set(found);
        }

        return http.Features.Get<Session>() is { } session && await cookie.IsOverAsync(session, http.RequestAborted)
            ? null
            : await inner.ReadAsync(http);
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
