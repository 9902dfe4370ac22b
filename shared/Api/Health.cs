using Approvals.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Api;

/// <summary>Says whether the host is there at all, and whether it can do its work. Open to everybody, and tells nothing else.</summary>
internal static class Health
{
    public static Task LiveAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "{\"status\":\"ok\"}");

    /// <summary>Reads from the stores that every call needs.</summary>
    public static async Task ReadyAsync(HttpContext http)
    {
        try
        {
            var services = http.RequestServices.GetRequiredService<ApiServices>();
            services.Stopping.ThrowIfCancellationRequested();
            await services.Outbox.HeadAsync(http.RequestAborted);
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            await ProblemResponse.WriteAsync(http, Problem.Of(ApiCode.Unavailable, "The store does not answer, or the host is stopping."));
            return;
        }
        await AnswerAsync(http, StatusCodes.Status200OK, "{\"status\":\"ready\"}");
    }

    private static Task AnswerAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(body, http.RequestAborted);
    }
}
