using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Api;

/// <summary>The order of what happens around routes.</summary>
public static partial class ApprovalsPipeline
{
    /// <summary>For a year. Whether it holds for other hosts below this one is not the service's to say.</summary>
    private const string StrictTransportSecurity = "max-age=31536000";

    /// <summary>Routing, and problem answers for what no route takes. Comes before everything that a route may need.</summary>
    /// <remarks>Until the startup is complete every call other than a health check is answered with 503.</remarks>
    public static IApplicationBuilder UseApprovals(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApprovalsPipeline));
        var startup = app.ApplicationServices.GetRequiredService<StartupSignal>();
        app.Use(next => http =>
        {
            LinkAddress.Hide(http);
            return next(http);
        });
        app.Use(next => http => startup.IsComplete || Health.IsProbe(http) ? next(http) : ProblemResponse.WriteAsync(http, Health.Starting));
        if (app.ApplicationServices.GetRequiredService<ApiOptions>().IsSecure)
        {
            app.Use(next => http =>
            {
                http.Response.Headers.StrictTransportSecurity = StrictTransportSecurity;
                return next(http);
            });
        }
        app.UseRouting();
        app.Use(next => http => http.GetEndpoint() is RouteEndpoint ? next(http) : WithoutRouteAsync(http, next, log));
        return app;
    }

    private static async Task WithoutRouteAsync(HttpContext http, RequestDelegate next, ILogger log)
    {
        var api = http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if (api && http.GetEndpoint() is null)
        {
            await ProblemResponse.WriteAsync(http, Problem.NotFound);
            return;
        }
        try
        {
            // What routing itself made: the answer to a wrong method, which has its headers but no body.
            await next(http);
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            await ProblemResponse.WriteAsync(http, BadHttp.Of(refused.StatusCode));
            return;
        }
        catch (Exception fault) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            Faulted(log, fault, http.Request.Method, http.Request.Path);
            await ProblemResponse.WriteAsync(http, Faults.Of(fault));
            return;
        }
        if (!http.Response.HasStarted && http.Response.ContentLength is null && http.Response.ContentType is null)
        {
            var problem = http.Response.StatusCode switch
            {
                StatusCodes.Status405MethodNotAllowed => BadHttp.WrongMethod,
                StatusCodes.Status404NotFound => Problem.NotFound,
                _ => null,
            };
            if (problem is not null)
            {
                await ProblemResponse.WriteAsync(http, problem);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Faulted(ILogger logger, Exception fault, string method, string path);
}
