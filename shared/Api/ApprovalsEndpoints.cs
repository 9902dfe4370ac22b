using Approvals.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Api;

/// <summary>Puts the API into a host's routes.</summary>
public static class ApprovalsEndpoints
{
    public const string Prefix = "/api/v1";

    private static readonly string[] Probes = ["GET", "HEAD"];

    /// <summary>
    /// Every route of <see cref="ApiRoutes"/>, the description and the health checks. Plain request delegates: nothing is bound by reflection.
    /// </summary>
    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder endpoints)
    {
        foreach (var route in ApiRoutes.All.Append(ApiRoutes.Mcp))
        {
            endpoints.MapApproval(route);
        }
        endpoints.MapMethods(Health.Path, Probes, Health.LiveAsync);
        endpoints.MapMethods(Health.ReadyPath, Probes, Health.ReadyAsync);
        endpoints.MapGet("/openapi/v1.json", OpenApiDocument.WriteAsync);
        return endpoints;
    }

    /// <summary>One route, wherever it is wanted.</summary>
    public static IEndpointConventionBuilder MapApproval(this IEndpointRouteBuilder endpoints, ApiRoute route)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new ApiEndpoint(route, services.GetRequiredService<ApiServices>(), services.GetRequiredService<ILogger<ApiEndpoint>>());
        return endpoints.MapMethods(route.Pattern, [route.Method], endpoint.InvokeAsync).WithMetadata(route);
    }
}
