using System.Net;
using Approvals.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>Where a call came from before a trusted proxy, or the platform's front end, passed it on.</summary>
public static class ForwardedFor
{
    /// <summary>Only for calls that such a one passed on: it adds the address that it saw at the end; what stands before it came from the caller.</summary>
    public static void Take(HttpContext http)
    {
        var forwarded = http.Request.Headers["X-Forwarded-For"].ToString();
        // App Service writes the port too.
        if (forwarded.Length > 0 && IPEndPoint.TryParse(forwarded.AsSpan(forwarded.LastIndexOf(',') + 1).Trim(), out var client))
        {
            http.Features.Set(new ClientAddress(client.Address.ToString()));
        }
    }
}
