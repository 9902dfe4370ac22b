using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Approvals.Standalone.Tests.Model;

/// <summary>Speaks the wire format of chat completions on a real port, keeps what it is asked and answers as told.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private WebApplication _app = null!;

    private ModelServer()
    {
    }

    public Uri Url { get; private set; } = null!;

    public ConcurrentQueue<Asked> Calls { get; } = [];

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public static async Task<ModelServer> StartAsync()
    {
        var server = new ModelServer();
        (server._app, server.Url) = await LocalServer.StartAsync(server.TakeAsync);
        return server;
    }

    /// <summary>Answers every call with this text of the model's.</summary>
    public void Say(string content, string finish = "stop", string? refusal = null) => Answer = http => http.Response.WriteAsJsonAsync(new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1770000000,
        ["model"] = "gpt-4.1-mini-2025-04-14",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = finish,
            ["logprobs"] = null,
            ["content_filter_results"] = new JsonObject(),
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = refusal },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 20, ["total_tokens"] = 120 },
    });

    public void Refuse(int status, string code) => Answer = http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "The request failed." } });
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        Calls.Enqueue(new Asked(context.Request.Path, context.Request.Headers.Authorization.ToString(), body!.AsObject()));
        await Answer(context);
    }
}

internal sealed record Asked(string Path, string Authorization, JsonObject Body)
{
    public string Message(int index) => (string)Body["messages"]![index]!["content"]!;
}
