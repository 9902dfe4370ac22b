using Approvals.Actors;
using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.SignIn;

/// <summary>
/// Lets a browser's session stand for the bearer credential that it holds, on pages alone: it is no credential of the API, where only what the
/// caller itself put into the call counts. The browser adds it by itself, so a page that another site sends has none.
/// </summary>
internal sealed class SessionPrincipals(IPrincipalReader inner, SessionCookie cookie) : IPrincipalReader
{
    public string Challenge => inner.Challenge;

    /// <summary>A stream asks again whenever it sends something: the session that it began with may be over by then.</summary>
    public async ValueTask<Principal?> ReadAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.Authorization.Count == 0 && http.GetEndpoint()?.Metadata.GetMetadata<PageMarker>() is not null && cookie.Read(http) is { } found)
        {
            headers.Authorization = "Bearer " + found.Credential;
            http.Features.Set(found);
        }

        if (http.Features.Get<Session>() is not { } session)
        {
            return await inner.ReadAsync(http);
        }
        return await cookie.IsOverAsync(session, http.RequestAborted) || await inner.ReadAsync(http) is not { } principal
            ? null
            : principal with { IsAmbient = true, Credential = principal.Credential ?? Credential.OfSession(session.Id) };
    }
}

/// <summary>Marks the routes of pages.</summary>
internal sealed class PageMarker
{
    public static readonly PageMarker Instance = new();
}
