using Approvals.Api;
using Approvals.Functions.Hosting;
using Approvals.Hosting.SignIn;
using Approvals.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Approvals.Functions.Http;

/// <summary>The API and the pages as one delegate over the worker's services: the same handlers, in the same order, as in any other host.</summary>
public sealed class Pipeline
{
    private readonly RequestDelegate _answer;
    private readonly bool _hasFrontEnd;
    private readonly string _scheme;

    internal Pipeline(IServiceProvider services, Settings settings)
    {
        _hasFrontEnd = settings.Platform.IsAzure;
        _scheme = settings.PublicUrl.Scheme;
        _answer = Build(services);
    }

    /// <summary>Answers a call as if it had come from its caller: it came from the Functions host, whose own routing found a function.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        http.SetEndpoint(null);
        http.Request.RouteValues = [];
        http.Request.Scheme = _scheme;
        if (_hasFrontEnd)
        {
            ForwardedFor.Take(http);
        }
        return _answer(http);
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
