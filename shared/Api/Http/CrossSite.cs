using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>
/// Writes that a page of another origin made a browser send. With them come the credentials that the browser, a proxy or the platform adds by
/// itself; nobody meant them. Programs send none of the headers looked at, browsers do, and pages can't change them.
/// </summary>
public static class CrossSite
{
    /// <summary>Whether the call changes something and comes from elsewhere.</summary>
    /// <param name="publicUrl">Under which browsers know the service, where a proxy in front calls it by another name.</param>
    public static bool IsWrite(HttpRequest request, Uri? publicUrl) => !IsRead(request.Method) && IsFromElsewhere(request, publicUrl);

    /// <inheritdoc cref="IsWrite"/>
    public static bool IsFromElsewhere(HttpRequest request, Uri? publicUrl)
    {
        // https://www.w3.org/TR/fetch-metadata/: a sibling domain's page is another's, too. Where the browser says it, it knows best: a page that
        // hands on no referrer shows no origin either.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && (Is(from, request) || from.Authority == publicUrl?.Authority));
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool Is(Uri from, HttpRequest request) =>
        from.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase) && (request.Host.Port is not { } port ? from.IsDefaultPort : from.Port == port);
}
