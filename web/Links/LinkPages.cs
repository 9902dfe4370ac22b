using System.Collections.Immutable;
using Approvals.Api;
using Approvals.Chains;
using Approvals.Links;
using Approvals.Tenants;
using Approvals.Values;
using Approvals.Web.Cards;
using Approvals.Web.Hosting;
using Approvals.Web.Rendering;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Links;

/// <summary>
/// Approve links from messages. Mail scanners and browsers that look ahead may open them: only the form decides, and only with the
/// anti-forgery field of the page that shows the request.
/// </summary>
internal static class LinkPages
{
    public static void Map(PageRoutes pages)
    {
        pages.GetOpen("/a/{token}", http => OpenAsync(pages, http));
        pages.PostUnchecked("/a/{token}", http => DecideAsync(pages, http));
    }

    private static async Task<IResult> OpenAsync(PageRoutes pages, HttpContext http)
    {
        var view = await pages.Web.Links.OpenAsync(Token(http), await pages.Web.Callers.ResolveAsync(http), http.RequestAborted);
        return view is null ? Invalid(pages, http)
            : view.SignInRequired ? (IResult)SignIn(pages, http)
            : Show(pages, http, new LinkPageView(view, Token(http), ImmutableDictionary<string, string>.Empty), StatusCodes.Status200OK);
    }

    private static async Task<IResult> DecideAsync(PageRoutes pages, HttpContext http)
    {
        Caller? signedIn = await pages.Web.Callers.ResolveAsync(http);
        if (await pages.Web.Links.OpenAsync(Token(http), signedIn, http.RequestAborted) is not { } view)
        {
            return Invalid(pages, http);
        }

        if (await pages.FormAsync(http, ForgeryKey(http)) is not { } form)
        {
            return pages.Bare(http, Texts.ForgeryTitle, Texts.ForgeryText, StatusCodes.Status400BadRequest);
        }

        var comment = form["comment"].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;
        var approve = form["decision"] == "approve";
        if (!approve && form["decision"] != "reject")
        {
            return pages.Bare(http, Texts.BadRequestTitle, Texts.BadRequestText, StatusCodes.Status400BadRequest);
        }

        var wrong = ImmutableDictionary<string, string>.Empty;
        Value? input = approve && view.Type.DecisionInputSchema is { } schema ? SchemaForm.Read(schema, form, InputFieldEditor.Prefix, out wrong) : null;
        if (!wrong.IsEmpty)
        {
            return Back(wrong, Texts.SeeTheFields);
        }

        var by = view.Approver.ToActor();
        Command.Decision command = approve ? new Command.Approve(comment) { By = by } : new Command.Reject(comment) { By = by };
        command = command with { PayloadHash = form.TryGetValue(Seen.Field, out var seen) ? seen.ToString() : null };
        var answer = await pages.Web.Links.DecideAsync(Token(http), command, input, signedIn, Origins.Of(http), http.RequestAborted);
        return answer.Outcome switch
        {
            LinkOutcome.Decided => pages.Bare(
                http, approve ? Texts.LinkApproved : Texts.LinkRejected, Say.With(Texts.LinkDone, view.Request.Snapshot.Title), StatusCodes.Status200OK, toInbox: true),
            LinkOutcome.SignInRequired => SignIn(pages, http),
            LinkOutcome.ReasonRequired => Back(wrong, Texts.ReasonNeeded),
            LinkOutcome.CommentInvalid => Back(wrong, Say.With(Texts.CommentInvalid, TextRule.MaxProse)),
            LinkOutcome.InputInvalid => Back(
                answer.InputFaults.ToImmutableDictionary(fault => fault.Pointer.TrimStart('/').Replace('/', '.'), fault => fault.Message), Texts.SeeTheFields),
            _ => Invalid(pages, http),
        };

        IResult Back(ImmutableDictionary<string, string> faults, string why) =>
            Show(pages, http, new LinkPageView(view, Token(http), faults, why, comment), StatusCodes.Status400BadRequest);
    }

    private static Html Show(PageRoutes pages, HttpContext http, LinkPageView view, int status) =>
        Html.Of<LinkPage>(view, pages.Web.Context(http, view.View.Tenant.Settings.TimeZone, ForgeryKey(http)), status);

    private static Html SignIn(PageRoutes pages, HttpContext http) => Html.Of<LinkSignInPage>(
        new LinkSignIn(pages.Web.Options.SignIn == WebSignIn.Proxy ? pages.Web.Options.ProxySignInUrl : "/sign-in" + new QueryText().Add("return", http.Request.Path)),
        pages.Web.Context(http, TimeZoneInfo.Utc.Id, ""), StatusCodes.Status401Unauthorized);

    /// <summary>One page for expired, used, forged and overtaken.</summary>
    private static IResult Invalid(PageRoutes pages, HttpContext http) =>
        pages.Bare(http, Texts.LinkInvalidTitle, Texts.LinkInvalidText, StatusCodes.Status410Gone, toInbox: true);

    private static string Token(HttpContext http) => http.Request.RouteValues["token"] as string ?? "";

    private static string ForgeryKey(HttpContext http) => ForgeryTokens.LinkReader + Token(http);
}
