using System.Collections.Immutable;
using Approvals.Api;
using Approvals.Api.Http;
using Approvals.Chains;
using Approvals.Links;
using Approvals.Tenants;
using Approvals.Values;
using Approvals.Web.Cards;
using Approvals.Web.Hosting;
using Approvals.Web.Rendering;
using Approvals.Web.Security;
using Approvals.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Links;

/// <summary>
/// Approve links from messages. Mail scanners and browsers that look ahead may open them: only the form decides, and only with the
/// anti-forgery field of the page that shows the request.
/// </summary>
internal static class LinkPages
{
    private const string SignInPath = "/sign-in";

    public static void Map(PageRoutes pages)
    {
        pages.GetOpen(LinkAddress.Path, http => OpenAsync(pages, http));
        pages.PostUnchecked(LinkAddress.Path, http => DecideAsync(pages, http));
        if (pages.Web.Options.SignIn != WebSignIn.Proxy)
        {
            // Below the link's own address: a token in a query would be noted elsewhere.
            pages.GetOpen(LinkAddress.Path + SignInPath, async http => await SignInPages.ShowAsync(pages.Web, http, LinkAddress.Of(LinkAddress.Token(http)), null));
        }
    }

    private static async Task<IResult> OpenAsync(PageRoutes pages, HttpContext http)
    {
        var view = await pages.Web.Links.OpenAsync(LinkAddress.Token(http), await pages.Web.Callers.ResolveAsync(http), http.RequestAborted);
        return view switch
        {
            null => Invalid(pages, http),
            { Access: LinkAccess.SomebodyElse } => SomebodyElse(pages, http),
            { Access: LinkAccess.SignInRequired } => SignIn(pages, http, view, StatusCodes.Status200OK),
            _ => Show(pages, http, new LinkPageView(view, LinkAddress.Token(http), ImmutableDictionary<string, string>.Empty), StatusCodes.Status200OK),
        };
    }

    private static async Task<IResult> DecideAsync(PageRoutes pages, HttpContext http)
    {
        Caller? signedIn = await pages.Web.Callers.ResolveAsync(http);
        var token = LinkAddress.Token(http);
        if (await pages.Web.Links.OpenAsync(token, signedIn, http.RequestAborted) is not { } view)
        {
            return Invalid(pages, http);
        }

        if (view.Access != LinkAccess.Granted)
        {
            return Refused(pages, http, view);
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
        var answer = await pages.Web.Links.DecideAsync(token, command, input, signedIn, Origins.Of(http), http.RequestAborted);
        return answer.Outcome switch
        {
            LinkOutcome.Decided => pages.Bare(
                http, approve ? Texts.LinkApproved : Texts.LinkRejected, Say.With(Texts.LinkDone, view.Request.Snapshot.Title), StatusCodes.Status200OK, toInbox: true),
            LinkOutcome.Accepted => pages.Bare(http, view.Request.Snapshot.Title, Texts.AcceptedNotSettled, StatusCodes.Status202Accepted, toInbox: true),
            LinkOutcome.ReasonRequired => Back(wrong, Texts.ReasonNeeded),
            LinkOutcome.CommentInvalid => Back(wrong, Say.With(Texts.CommentInvalid, TextRule.MaxProse)),
            LinkOutcome.InputInvalid => Back(
                answer.InputFaults.ToImmutableDictionary(fault => fault.Pointer.TrimStart('/').Replace('/', '.'), fault => fault.Message), Texts.SeeTheFields),
            _ => Invalid(pages, http),
        };

        IResult Back(ImmutableDictionary<string, string> faults, string why) =>
            Show(pages, http, new LinkPageView(view, token, faults, why, comment), StatusCodes.Status400BadRequest);
    }

    private static Html Show(PageRoutes pages, HttpContext http, LinkPageView view, int status)
    {
        var context = pages.Web.Context(http, view.View.Tenant.Settings.TimeZone, ForgeryKey(http));
        return Html.Of<LinkPage>(view, context with { Path = LinkAddress.Of(view.Token) }, status);
    }

    private static IResult Refused(PageRoutes pages, HttpContext http, LinkView view) => view.Access == LinkAccess.SignInRequired
        ? SignIn(pages, http, view, StatusCodes.Status401Unauthorized)
        : SomebodyElse(pages, http);

    /// <summary>What the link asks, and a way to sign in where the form would be.</summary>
    private static Html SignIn(PageRoutes pages, HttpContext http, LinkView view, int status)
    {
        var token = LinkAddress.Token(http);
        var url = pages.Web.Options.SignIn == WebSignIn.Proxy ? pages.Web.Options.ProxySignInUrl : LinkAddress.Of(token) + SignInPath;
        return Show(pages, http, new LinkPageView(view, token, ImmutableDictionary<string, string>.Empty) { SignIn = new LinkSignIn(url) }, status);
    }

    private static IResult SomebodyElse(PageRoutes pages, HttpContext http) =>
        pages.Bare(http, Texts.LinkNotYoursTitle, Texts.LinkNotYoursText, StatusCodes.Status403Forbidden, toInbox: true);

    /// <summary>One page for expired, used, forged and overtaken.</summary>
    private static IResult Invalid(PageRoutes pages, HttpContext http) =>
        pages.Bare(http, Texts.LinkInvalidTitle, Texts.LinkInvalidText, StatusCodes.Status410Gone, toInbox: true);

    private static string ForgeryKey(HttpContext http) => ForgeryTokens.LinkReader + LinkAddress.Token(http);
}
