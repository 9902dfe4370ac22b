using System.Globalization;
using Approvals.Ports;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.SignIn;

/// <summary>
/// A browser's session: the credential that a program would send as a bearer token, sealed in a cookie. It is validated afresh on every request,
/// so that what is revoked ends at once.
/// </summary>
internal sealed class SessionCookie(ISecretKeys keys, TimeProvider time)
{
    public const string Name = "approvals-session";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private readonly SealedText box = new(keys, "web-session");

    /// <param name="credential">What follows <c>Bearer</c>.</param>
    public void Set(HttpContext http, string credential)
    {
        var ends = time.GetUtcNow() + Lifetime;
        http.Response.Cookies.Append(Name, box.Seal($"{ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}|{credential}"), Options(http));
    }

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    /// <summary>Null: there is no session, or it is over.</summary>
    public string? Credential(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Name, out var cookie) || !box.TryOpen(cookie, out var text))
        {
            return null;
        }

        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && long.TryParse(text.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture, out var ends)
            && time.GetUtcNow().ToUnixTimeSeconds() < ends
            ? text[(bar + 1)..]
            : null;
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        IsEssential = true,
    };
}
