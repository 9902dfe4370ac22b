using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Approvals.Standalone.Tests.Delivery;

/// <summary>An HTTP server on this machine that keeps what it is sent and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private WebApplication _app = null!;

    private Receiver()
    {
    }

    public Uri Url { get; private set; } = null!;

    public ConcurrentQueue<Received> Calls { get; } = [];

    public Func<Received, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        (receiver._app, var address) = await LocalServer.StartAsync(receiver.TakeAsync);
        receiver.Url = new Uri(address, "/hook");
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        Calls.Enqueue(received);
        context.Response.StatusCode = await Answer(received, context);
    }
}

internal sealed record Received(string Path, Dictionary<string, string> Headers, byte[] Body);
