using Approvals.Api.Http;
using Approvals.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace Approvals.Api;

/// <summary>Sends a problem from outside the API's own handlers.</summary>
public static class ProblemResponse
{
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        ReplySender.Send(http.Response, Reply.Of(problem, TraceIds.Of(http)));
        return Task.CompletedTask;
    }

    /// <summary>The body of the answer, where there is no context to send it with.</summary>
    /// <param name="headers">Of the request, as far as they were read: its trace id is kept.</param>
    public static ReadOnlyMemory<byte> Body(Problem problem, IHeaderDictionary headers)
    {
        using var body = Reply.Of(problem, TraceIds.Of(headers)).Body!;
        return body.Written.ToArray();
    }
}
