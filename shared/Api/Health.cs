using Approvals.Api.Problems;
using Approvals.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Api;

/// <summary>Says whether the host is there at all, and whether it can do its work. Open to everybody, and tells nothing else.</summary>
internal static class Health
{
    public static Task LiveAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "{\"status\":\"ok\"}");

    /// <summary>Reads from the stores that every call needs, and asks the host whether it can write.</summary>
    public static async Task ReadyAsync(HttpContext http)
    {
        string? problem;
        try
        {
            var services = http.RequestServices.GetRequiredService<ApiServices>();
            services.Stopping.ThrowIfCancellationRequested();
            await services.Outbox.HeadAsync(http.RequestAborted);
            problem = http.RequestServices.GetService<IReadiness>() is { } host ? await host.ProblemAsync(http.RequestAborted) : null;
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            problem = "The store does not answer, or the host is stopping.";
        }
        await (problem is null
            ? AnswerAsync(http, StatusCodes.Status200OK, "{\"status\":\"ready\"}")
            : ProblemResponse.WriteAsync(http, Problem.Of(ApiCode.Unavailable, problem)));
    }

    private static Task AnswerAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(body, http.RequestAborted);
    }
}
