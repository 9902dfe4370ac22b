using Approvals.Ports;
using Approvals.Web.Rendering;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Hosting;

/// <summary>Carries one message from a form's answer to the page that follows.</summary>
internal sealed class Notices(ISecretKeys keys, SiteCookies cookies)
{
    private const string CookieName = "approvals-notice";
    private const int LongestText = 600;
    private readonly SealedText box = new(keys, "web-notice");

    public void Leave(HttpContext http, Notice notice)
    {
        var text = notice.Text.Length <= LongestText ? notice.Text : notice.Text[..LongestText] + "…";
        cookies.Set(http, CookieName, box.Seal((notice.Kind == NoticeKind.Done ? "+" : "-") + text), SameSiteMode.Lax, TimeSpan.FromMinutes(1));
    }

    public Notice? Take(HttpContext http)
    {
        if (cookies.Find(http, CookieName) is not { } cookie)
        {
            return null;
        }

        cookies.Remove(http, CookieName);
        return box.TryOpen(cookie, out var text) && text.Length > 0
            ? new Notice(text[0] == '+' ? NoticeKind.Done : NoticeKind.Refused, text[1..])
            : null;
    }
}
