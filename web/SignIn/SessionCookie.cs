using System.Globalization;
using Approvals.Ports;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.SignIn;

/// <summary>
/// A browser's session: the credential that a program would send as a bearer token, sealed in a cookie. It is validated afresh on every request,
/// so that what is revoked, or signed out of, ends at once.
/// </summary>
internal sealed class SessionCookie(ISecretKeys keys, SiteCookies cookies, EndedSessions ended, TimeProvider time)
{
    public const string Name = "approvals-session";

    /// <summary>Shorter than <see cref="IIdempotencyStore.Kept"/>.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly SealedText box = new(keys, "web-session");

    /// <param name="credential">What follows <c>Bearer</c>.</param>
    public void Set(HttpContext http, string credential)
    {
        var ends = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        cookies.Set(http, Name, box.Seal($"{ends}|{Guid.NewGuid():N}|{credential}"), SameSiteMode.Lax);
    }

    /// <summary>Signs out: a copy of the cookie is worth nothing any more, in no worker.</summary>
    public async ValueTask EndAsync(HttpContext http)
    {
        if (Read(http) is { } session)
        {
            await ended.EndAsync(session.Id, time.GetUtcNow(), http.RequestAborted);
        }

        cookies.Remove(http, Name);
    }

    /// <summary>What the browser sent; null: no cookie of ours.</summary>
    public Session? Read(HttpContext http) =>
        box.TryOpen(cookies.Find(http, Name), out var text) && text.Split('|', 3) is [var ends, { Length: > 0 } id, var credential]
            && long.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new Session(id, DateTimeOffset.FromUnixTimeSeconds(seconds), credential)
            : null;

    public async ValueTask<bool> IsOverAsync(Session session, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return now >= session.Ends || await ended.HasEndedAsync(session.Id, now, cancellation);
    }
}

/// <summary>What a cookie holds.</summary>
internal sealed record Session(string Id, DateTimeOffset Ends, string Credential);
