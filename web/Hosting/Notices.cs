using Approvals.Ports;
using Approvals.Web.Rendering;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Hosting;

/// <summary>Carries one message from a form's answer to the page that follows.</summary>
internal sealed class Notices(ISecretKeys keys)
{
    private const string CookieName = "approvals-notice";
    private const int LongestText = 600;
    private readonly SealedText box = new(keys, "web-notice");

    public void Leave(HttpContext http, Notice notice)
    {
        var text = notice.Text.Length <= LongestText ? notice.Text : notice.Text[..LongestText] + "…";
        http.Response.Cookies.Append(CookieName, box.Seal((notice.Kind == NoticeKind.Done ? "+" : "-") + text), Options(http));
    }

    public Notice? Take(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var cookie))
        {
            return null;
        }

        http.Response.Cookies.Delete(CookieName, Options(http));
        return box.TryOpen(cookie, out var text) && text.Length > 0
            ? new Notice(text[0] == '+' ? NoticeKind.Done : NoticeKind.Refused, text[1..])
            : null;
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        IsEssential = true,
        MaxAge = TimeSpan.FromMinutes(1),
    };
}
