using Approvals.Api;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Security;

/// <summary>
/// Cookies that the service alone reads. Where the public address is https they are sent over nothing else and have the prefix by which browsers
/// take them from no other host and no plain connection, whatever stands in front of the service.
/// </summary>
/// <remarks>Source: RFC 6265bis, <c>__Host-</c>.</remarks>
internal sealed class SiteCookies(ApiOptions options)
{
    public string NameOf(string name) => options.IsSecure ? "__Host-" + name : name;

    public string? Find(HttpContext http, string name) => http.Request.Cookies.TryGetValue(NameOf(name), out var value) ? value : null;

    /// <param name="maxAge">Null: until the browser is closed.</param>
    public void Set(HttpContext http, string name, string value, SameSiteMode sameSite, TimeSpan? maxAge = null) =>
        http.Response.Cookies.Append(NameOf(name), value, Options(http, sameSite, maxAge));

    public void Remove(HttpContext http, string name) => http.Response.Cookies.Delete(NameOf(name), Options(http, SameSiteMode.Lax, null));

    private CookieOptions Options(HttpContext http, SameSiteMode sameSite, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = sameSite,
        Secure = options.IsSecure || http.Request.IsHttps,
        IsEssential = true,
        MaxAge = maxAge,
    };
}
