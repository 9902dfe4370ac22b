using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Rendering;

/// <summary>A component rendered on the server as a response: a page, or the fragment that htmx swaps in.</summary>
internal sealed class Html(Type component, object model, PageContext context, int status) : IResult
{
    private const int WorthCompressing = 1400;

    /// <param name="model">Given to the component's <c>Model</c> parameter.</param>
    public static Html Of<TComponent>(object model, PageContext context, int status = StatusCodes.Status200OK)
        where TComponent : IComponent => new(typeof(TComponent), model, context, status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var text = await RenderAsync(component, model, context, services);
        var bytes = Encoding.UTF8.GetBytes(text);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (bytes.Length > WorthCompressing && ContentCoding.Choose(httpContext.Request) is { } coding)
        {
            bytes = ContentCoding.Compress(bytes, CompressionLevel.Fastest);
            response.Headers.ContentEncoding = coding;
        }

        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }

    /// <summary>The markup of a component with its model, under the given context.</summary>
    internal static async Task<string> RenderAsync(Type component, object model, PageContext context, IServiceProvider services)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?>
            {
                [nameof(Root.Component)] = component,
                [nameof(Root.Model)] = model,
                [nameof(Root.Context)] = context,
            };
            var output = await renderer.RenderComponentAsync<Root>(ParameterView.FromDictionary(parameters));
            using var writer = new StringWriter();
            output.WriteHtmlTo(writer);
            return Direction.Marked(writer.ToString());
        });
    }
}
