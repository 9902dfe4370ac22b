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
}
