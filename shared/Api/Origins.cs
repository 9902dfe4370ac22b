using Approvals.Actors;
using Approvals.Api.Http;
using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api;

/// <summary>Where a call came from, for the audit trail.</summary>
public static class Origins
{
    private const int MaxUserAgentLength = 256;

    public static Origin Of(HttpContext http) => Of(http, TraceIds.Of(http));

    internal static Origin Of(HttpContext http, string traceId) =>
        new(AddressOf(http), UserAgent(http), traceId);

    /// <summary>Null: not known.</summary>
    internal static string? AddressOf(HttpContext http) => http.Features.Get<ClientAddress>()?.Ip ?? http.Connection.RemoteIpAddress?.ToString();

    private static string? UserAgent(HttpContext http)
    {
        var text = http.Request.Headers.UserAgent.ToString();
        return text.Length == 0 ? null : text.Length <= MaxUserAgentLength ? text : text[..MaxUserAgentLength];
    }
}
