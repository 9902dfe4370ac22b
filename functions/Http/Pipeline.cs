using Approvals.Api;
using Approvals.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Approvals.Functions.Http;

/// <summary>The API and the pages as one delegate over the worker's services: the same handlers, in the same order, as in any other host.</summary>
public sealed class Pipeline(IServiceProvider services)
{
    private readonly Lazy<RequestDelegate> _answer = new(() => Build(services));

    /// <summary>Answers a call. What the worker's own routing found is taken away first: it stands for the function, not for a route.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        http.SetEndpoint(null);
        http.Request.RouteValues = [];
        return _answer.Value(http);
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseApprovals();
        app.UseEndpoints(routes =>
        {
            routes.MapApprovals();
            routes.MapApprovalsWeb();
        });
        return app.Build();
    }
}
