using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Approvals.Client.AspNetCore;

/// <summary>How an endpoint's calls become questions to the gate.</summary>
public sealed class RequireApprovalOptions
{
    /// <summary>Names what a call acts on; by default type <c>endpoint</c> and the call's path.</summary>
    public Func<HttpContext, JsonElement, (string Type, string Id)> Subject { get; set; } = static (http, _) => ("endpoint", http.Request.Path.Value ?? "/");

    /// <summary>
    /// Makes the payload of the call's JSON body, which is undefined (<see cref="JsonValueKind.Undefined"/>) where there is none. By default the body
    /// with method, path, query and the signed-in user's name beside it. Whatever the endpoint's effect depends on must be part of it: only this is approved.
    /// </summary>
    public Func<HttpContext, JsonElement, JsonElement> Payload { get; set; } = CallPayload.Of;

    /// <summary>How long a call waits for a decision before it is answered with 202. At most 30 seconds are sensible.</summary>
    public TimeSpan Wait { get; set; }

    /// <summary>The largest body in bytes; the service takes payloads of 256 KiB. A larger one is answered with 413.</summary>
    public int MaxBodySize { get; set; } = 250 * 1024;
}
