using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Approvals.Api;
using Approvals.Api.Problems;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Approvals.Standalone.Hosting.Rejections;

/// <summary>
/// What the server refuses before the application sees it (a bad request line, header, Host or framing) it answers with a bare status.
/// The server tells of each by a diagnostic event, before it writes; from then on the connection's <see cref="RejectionPipe"/> writes a
/// problem in place of what the server writes. The server closes the connection after it, as it always does.
/// </summary>
internal sealed class RejectionAnswers : IObserver<KeyValuePair<string, object?>>
{
    // https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/diagnostics
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private RejectionAnswers()
    {
    }

    public static void Watch(IServiceProvider services) =>
        services.GetRequiredService<DiagnosticListener>().Subscribe(new RejectionAnswers(), name => name == Event);

    /// <summary>The part of it at each connection.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => connection =>
    {
        var output = new RejectionPipe(connection.Transport.Output);
        connection.Transport = new Transport(connection.Transport.Input, output);
        connection.Features.Set(output);
        return next(connection);
    };

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Where this service itself ends TLS, the pipe carries what is encrypted already; the bare status stays.
        if (value.Value is IFeatureCollection features
            && features.Get<RejectionPipe>() is { } output
            && features.Get<ITlsHandshakeFeature>() is null
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response)
        {
            output.Reject(Answer(features.Get<IHttpRequestFeature>(), response));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static byte[] Answer(IHttpRequestFeature? request, IHttpResponseFeature response)
    {
        var problem = BadHttp.Of(response.StatusCode);
        var body = ProblemResponse.Body(problem, request?.Headers ?? new HeaderDictionary()).Span;
        var allow = response.Headers.Allow.ToString();
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            HTTP/1.1 {problem.Kind.Status} {ReasonPhrases.GetReasonPhrase(problem.Kind.Status)}
            Content-Type: application/problem+json
            Content-Length: {body.Length}
            Connection: close
            Cache-Control: no-store
            X-Content-Type-Options: nosniff
            {(allow.Length == 0 ? "" : $"Allow: {allow}\n")}

            """).ReplaceLineEndings("\r\n");
        var isHead = HttpMethods.IsHead(request?.Method ?? "");
        return [.. Encoding.ASCII.GetBytes(head), .. isHead ? [] : body];
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
