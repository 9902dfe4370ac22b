using System.Diagnostics;
using Approvals.Links;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>
/// The address of an approve link, <c>/a/{token}</c>. A token is a credential, so it is taken out of the address before anything reads it: routes, logs,
/// spans and pages name <see cref="Path"/> only.
/// </summary>
public static class LinkAddress
{
    /// <summary>What is left of the address.</summary>
    public const string Path = ApproveLink.Path;

    private static readonly object Key = new();

    /// <summary>The token that the call's address had; empty where there was none.</summary>
    public static string Token(HttpContext http) => http.Items[Key] as string ?? "";

    /// <summary>The whole address, for the link's own page.</summary>
    public static string Of(string token) => $"{Path}/{token}";

    /// <summary>Takes the token out of the path, and out of what a span has noted of it.</summary>
    internal static void Hide(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest) || rest.Value?.TrimStart('/') is not { Length: > 0 } text)
        {
            return;
        }
        var end = text.IndexOf('/', StringComparison.Ordinal);
        var token = end < 0 ? text : text[..end];
        http.Items[Key] = token;
        http.Request.Path = Path + (end < 0 ? "" : text[end..]);
        for (var span = Activity.Current; span is not null; span = span.Parent)
        {
            foreach (var (name, value) in span.TagObjects.ToArray())
            {
                if (value is string noted && noted.Contains(token, StringComparison.Ordinal))
                {
                    span.SetTag(name, noted.Replace(token, "{token}", StringComparison.Ordinal));
                }
            }
        }
    }
}
