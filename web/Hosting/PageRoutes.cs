using Approvals.Api;
using Approvals.Api.Http;
using Approvals.Api.Problems;
using Approvals.Tenants;
using Approvals.Tokens;
using Approvals.Web.Rendering;
using Approvals.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Approvals.Web.Hosting;

/// <summary>What happens around every page: headers, sign-in, the anti-forgery field, faults.</summary>
internal sealed partial class PageRoutes(IEndpointRouteBuilder routes, WebServices web, ILogger log)
{
    private const long MostFormBytes = 1024 * 1024;
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Writing = [HttpMethods.Post];

    public WebServices Web => web;

    /// <summary>A page for signed-in readers.</summary>
    public void Get(string path, Func<Visit, Task<IResult>> show) =>
        Map(path, Reading, async http => await web.Callers.ResolveAsync(http) is not { } caller ? SignInFirst(http)
            : caller.Has(Scopes.Read) ? await show(new Visit(http, caller, web))
            : Bare(http, Texts.ForbiddenTitle, Texts.ForbiddenText, StatusCodes.Status403Forbidden));

    /// <summary>A route of the API that pages ask for with the browser's session: the live stream, exports.</summary>
    public void Get(string path, ApiRoute route) => routes.MapApproval(route with { Prefix = "", Path = path }).WithMetadata(PageMarker.Instance);

    /// <summary>A form of a signed-in reader.</summary>
    /// <param name="scope">What a token must have for it, any of these.</param>
    public void Post(string path, Scopes scope, Func<Visit, Task<IResult>> act) =>
        Map(path, Writing, async http =>
        {
            if (await web.Callers.ResolveAsync(http) is not { } caller)
            {
                return SignInFirst(http);
            }

            var visit = new Visit(http, caller, web);
            if (!caller.Has(scope))
            {
                return await visit.ForbiddenAsync();
            }

            return await FormAsync(http, visit.ReaderKey) is { } form
                ? await act(new Visit(http, caller, web) { Form = form })
                : await visit.ShowAsync<MessagePage>(new Message(Texts.ForgeryTitle, Texts.ForgeryText), StatusCodes.Status400BadRequest);
        });

    /// <summary>A page for everybody.</summary>
    public void GetOpen(string path, Func<HttpContext, Task<IResult>> show) => Map(path, Reading, show);

    /// <summary>A form for everybody, its anti-forgery field bound to nobody.</summary>
    public void PostOpen(string path, Func<HttpContext, IFormCollection, Task<IResult>> act) =>
        Map(path, Writing, async http => await FormAsync(http, "") is { } form ? await act(http, form) : Bare(http, Texts.ForgeryTitle, Texts.ForgeryText, 400));

    /// <summary>A form for everybody, which asks for its anti-forgery field itself (<see cref="FormAsync"/>).</summary>
    public void PostUnchecked(string path, Func<HttpContext, Task<IResult>> act) => Map(path, Writing, act);

    /// <summary>A page that says something to somebody who may not be signed in.</summary>
    public IResult Bare(HttpContext http, string title, string text, int status, bool toInbox = false) =>
        Html.Of<BareMessagePage>(new Message(title, text, toInbox), web.Context(http, TimeZoneInfo.Utc.Id, ""), status);

    /// <summary>Null: there is no form, or its anti-forgery field is not this browser's and reader's.</summary>
    public async Task<IFormCollection?> FormAsync(HttpContext http, string reader)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostFormBytes;
        }

        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return web.Forgery.IsValid(http, form, reader) ? form : null;
    }

    private IResult SignInFirst(HttpContext http)
    {
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            // Inside a page that outlived its session: the whole page goes, not a fragment of it.
            http.Response.Headers["HX-Refresh"] = "true";
            return Results.StatusCode(StatusCodes.Status204NoContent);
        }

        return web.Options.SignIn != WebSignIn.Proxy
            ? new SeeOther("/sign-in" + new QueryText().Add("return", HttpMethods.IsPost(http.Request.Method) ? "/inbox" : http.Request.Path + http.Request.QueryString))
            : web.Options.ProxySignInUrl is { } url
                ? new SeeOther(url)
                : Bare(http, Texts.SignInTitle, Texts.ProxySignInText, StatusCodes.Status401Unauthorized);
    }

    private void Map(string path, string[] methods, Func<HttpContext, Task<IResult>> handler) =>
        routes.MapMethods(path, methods, (RequestDelegate)(http => AnswerAsync(http, handler))).WithMetadata(PageMarker.Instance).ExcludeFromDescription();

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, Task<IResult>> handler)
    {
        SecurityHeaders.Add(http.Response.Headers);
        IResult result;
        try
        {
            // Drawing the page is within: it may fail too.
            var answer = IsFromElsewhere(http.Request)
                ? Bare(http, Texts.ForgeryTitle, Texts.ForgeryText, StatusCodes.Status403Forbidden)
                : await handler(http);
            await answer.ExecuteAsync(http);
            return;
        }
        catch (BadHttpRequestException refused)
        {
            result = Bare(http, Texts.BadRequestTitle, Texts.BadRequestText, refused.StatusCode);
        }
        catch (Exception refused) when (refused is InvalidDataException or InvalidCursorException)
        {
            // A form beyond the limits of form reading, or an address that no page gave.
            result = Bare(http, Texts.BadRequestTitle, Texts.BadRequestText, StatusCodes.Status400BadRequest);
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            Faulted(log, fault, http.Request.Method, http.Request.Path);
            result = Html.Of<BareMessagePage>(
                new Message(Texts.FaultTitle, Texts.FaultText), web.FormlessContext(http), Faults.Of(fault).Kind.Status);
        }

        await result.ExecuteAsync(http);
    }

    /// <summary>
    /// Pages hand on no referrer, so that their forms show no origin where the browser says nothing else of it (plain HTTP): there the form's own field
    /// decides.
    /// </summary>
    private bool IsFromElsewhere(HttpRequest request) =>
        CrossSite.IsWrite(request, web.Api.Options.PublicUrl) && (request.Headers.ContainsKey("Sec-Fetch-Site") || request.Headers.Origin != "null");

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Method} {Path} failed")]
    private static partial void Faulted(ILogger logger, Exception fault, string method, string path);
}
