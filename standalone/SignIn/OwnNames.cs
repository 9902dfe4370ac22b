using System.Collections.Frozen;
using Approvals.Api;
using Approvals.Api.Problems;

namespace Approvals.Standalone.SignIn;

/// <summary>
/// Answers to this machine's names only: a name that an attacker points at it must not reach a service that lets everybody be anybody.
/// A call without a host (HTTP/1.0) comes from no page, and passes.
/// </summary>
internal static class OwnNames
{
    private static readonly Problem Foreign = Problem.Invalid("Host", "Development sign-in answers to this machine's own names only.");

    public static IApplicationBuilder UseOwnNames(this IApplicationBuilder app, string own)
    {
        var names = new[] { "", "localhost", "127.0.0.1", "[::1]", own }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        return app.Use(next => http => names.Contains(http.Request.Host.Host) ? next(http) : ProblemResponse.WriteAsync(http, Foreign));
    }
}
