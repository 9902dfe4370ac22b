using System.Net;
using Microsoft.AspNetCore.Http;

namespace Approvals.Hosting.SignIn;

/// <summary>What proxies add to calls that they pass on. A call that has any of it comes from somewhere else than its connection.</summary>
public static class ForwardingHeaders
{
    private static readonly string[] Names = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public static bool Any(HttpRequest request) => Names.Any(request.Headers.ContainsKey);

    /// <summary>For calls that the Functions tools pass on to their own worker: the same, but for what names this machine alone.</summary>
    public static bool AnyFromElsewhere(HttpRequest request) => Names.Any(name =>
        request.Headers.TryGetValue(name, out var values) && !(name.StartsWith("X-Forwarded-", StringComparison.Ordinal) && values.All(IsOfThisMachine)));

    private static bool IsOfThisMachine(string? value) => value is "http" or "https"
        || (IPEndPoint.TryParse(value ?? "", out var address) && IPAddress.IsLoopback(address.Address))
        || new HostString(value ?? "").Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
