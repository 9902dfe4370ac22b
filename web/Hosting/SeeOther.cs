using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Hosting;

/// <summary>303: the browser gets the other page with GET, whatever it sent here.</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
