using System.Diagnostics;
using Approvals.Api.Problems;
using Approvals.Api.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Approvals.Api.Http;

/// <summary>What happens around every handler: sign-in, rate limit, body, idempotency, faults, and the answer's bytes.</summary>
internal sealed partial class ApiEndpoint(ApiRoute route, ApiServices services, ILogger<ApiEndpoint> log)
{
    private static readonly Problem BadCursor = Problem.Invalid("cursor", "Must be the nextCursor of the page before.");

    public async Task InvokeAsync(HttpContext http)
    {
        var traceId = TraceIds.Of(http);
        Reply reply;
        try
        {
            reply = await AnswerAsync(http, traceId);
        }
        catch (InvalidCursorException)
        {
            reply = Reply.Of(BadCursor, traceId);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to read an answer.
            return;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            Faulted(log, fault, route.Method, route.Path, traceId);
            reply = Reply.Of(Faults.Of(fault), traceId);
        }
        Describe(reply.Status);
        ReplySender.Send(http.Response, reply);
    }

    /// <summary>Names the server's span after the route, where somebody collects spans.</summary>
    private void Describe(int status)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
        {
            return;
        }
        span.DisplayName = $"{route.Method} {route.Pattern}";
        span.SetTag("http.route", route.Pattern);
        if (status != 0)
        {
            span.SetTag("http.response.status_code", status);
        }
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private async ValueTask<Reply> AnswerAsync(HttpContext http, string traceId)
    {
        var signedIn = await services.Callers.SignInAsync(http);
        if (signedIn.IsCrossSite)
        {
            return Reply.Of(Problem.CrossSite, traceId);
        }
        if (signedIn.Caller is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = services.Callers.Challenge;
            return Reply.Of(Problem.SignInRequired, traceId);
        }
        if (services.RateLimit.RetryAfter(caller) is { } seconds)
        {
            return Reply.Of(RateLimit.Exceeded(seconds), traceId);
        }
        if (!caller.Has(route.Scope))
        {
            return Reply.Of(Problem.ScopeMissing(route.Scope), traceId);
        }
        if (http.Request.QueryString.HasValue && Query.Unknown(http.Request.Query, route.Parameters) is { } unknown)
        {
            return Reply.Of(unknown, traceId);
        }
        var call = new Call(http, caller, services, traceId, services.Time.GetUtcNow());
        if (route.Body == BodyUse.None)
        {
            return await route.Handler(call);
        }
        var key = IdempotencyKey.Of(http.Request, out var problem);
        if (problem is not null)
        {
            return Reply.Of(problem, traceId);
        }
        var body = await BodyReader.ReadAsync(http, route.Body == BodyUse.Optional, hash: key is not null);
        if (body.Problem is not null)
        {
            return Reply.Of(body.Problem, traceId);
        }
        call.Body = body.Value;
        call.IdempotencyKey = key;
        return key is null ? await route.Handler(call) : await services.Idempotency.RunAsync(call, key, body.Hash!, route.Handler);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed; trace {TraceId}")]
    private static partial void Faulted(ILogger logger, Exception fault, string method, string path, string traceId);
}
