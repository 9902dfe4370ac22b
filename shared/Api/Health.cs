using Approvals.Api.Problems;
using Approvals.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Api;

/// <summary>Says whether the host is there at all, and whether it can do its work. Open to everybody, and tells nothing else.</summary>
internal static class Health
{
    public const string Path = "/healthz";
    public const string ReadyPath = Path + "/ready";

    /// <summary>Seconds: most startups take less.</summary>
    private const int RetryStartingAfter = 2;

    /// <summary>The answer to every call but <see cref="Path"/> until the startup is complete.</summary>
    public static readonly Problem Starting =
        Problem.Of(ApiCode.Unavailable, "The service is starting: its directory and its policies are not in effect yet.") with { RetryAfter = RetryStartingAfter };

    public static bool IsProbe(HttpContext http) => http.Request.Path.StartsWithSegments(Path);

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
            if (!http.RequestServices.GetRequiredService<StartupSignal>().IsComplete)
            {
                await ProblemResponse.WriteAsync(http, Starting);
                return;
            }
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
