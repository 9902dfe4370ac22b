using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>The credential of an Authorization header.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    /// <summary>Empty where there is none, or another scheme.</summary>
    public static ReadOnlySpan<char> Of(HttpRequest request)
    {
        var values = request.Headers.Authorization;
        if (values.Count != 1 || values[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }
        return header.AsSpan(Scheme.Length).Trim(' ');
    }
}
