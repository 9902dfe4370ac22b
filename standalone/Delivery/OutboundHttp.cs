namespace Approvals.Standalone.Delivery;

/// <summary>The client that all outgoing calls share: no redirects (a receiver must not point us elsewhere), no cookies.</summary>
internal static class OutboundHttp
{
    public static HttpClient Create()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // Addresses may move; a connection is not kept for ever.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 32,
            MaxResponseHeadersLength = 32,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Approvals/1.0");
        return client;
    }
}
