using Microsoft.AspNetCore.Http;

namespace Approvals.Api.Http;

/// <summary>Whether a call comes from a page of this service, or from no page at all: programs send no origin, browsers do, and pages can't change it.</summary>
public static class SameOrigin
{
    public static bool Is(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
