using Approvals.Actors;
using Approvals.Api;
using Approvals.Delegations;
using Approvals.Inbox;
using Approvals.Tenants;
using Approvals.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Hosting;

/// <summary>One request of a signed-in reader for a page.</summary>
internal sealed class Visit(HttpContext http, Caller caller, WebServices web)
{
    /// <summary>Nobody needs to know of more.</summary>
    private const int MostUnread = 30;

    private readonly Lazy<Origin> origin = new(() => Origins.Of(http));
    private InboxCount? waiting;

    public HttpContext Http => http;

    public Caller Caller => caller;

    /// <summary>The application, as the API's handlers use it.</summary>
    public ApiServices Services => web.Api;

    public WebServices Web => web;

    public DateTimeOffset Now { get; } = web.Api.Time.GetUtcNow();

    public Origin Origin => origin.Value;

    public TimeZoneInfo Zone => WebServices.ZoneFor(http, caller.Tenant.Settings.TimeZone);

    public string Tenant => caller.TenantId;

    public CancellationToken Cancellation => http.RequestAborted;

    /// <summary>The form that was posted; its anti-forgery field has been checked.</summary>
    public IFormCollection Form { get; init; } = FormCollection.Empty;

    /// <summary>Whether htmx asks, which wants the fragment alone.</summary>
    public bool IsFragment => http.Request.Headers.ContainsKey("HX-Request") && !http.Request.Headers.ContainsKey("HX-Boosted");

    /// <summary>Where the page of a list begins; null at its beginning.</summary>
    public string? Cursor => Query("cursor") is { Length: > 0 } cursor ? cursor : null;

    public string Query(string name) => http.Request.Query[name].ToString().Trim();

    /// <summary>A form's field, its line breaks normalised; null where it is missing or blank.</summary>
    public string? Field(string name) =>
        Form[name].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;

    public string Route(string name) => http.Request.RouteValues[name] as string ?? "";

    public string NewId() => Guid.CreateVersion7(Now).ToString("N");

    public InboxQuery Waiting() => new()
    {
        Tenant = Tenant,
        Authorities = Authority.InboxAuthorities(caller.Tenant, caller.Id, Now),
        ExceptRequestedBy = caller.Id,
        Now = Now,
    };

    /// <summary>How much waits for the reader, counted once a visit: with ten thousand waiting and somebody to act for, it is what a page costs most.</summary>
    public async ValueTask<InboxCount> WaitingCountAsync() => waiting ??= await Services.Requests.CountInboxAsync(Waiting(), Cancellation);

    /// <summary>A page, or a fragment of one.</summary>
    public async Task<IResult> ShowAsync<TComponent>(object model, int status = StatusCodes.Status200OK)
        where TComponent : IComponent
    {
        var count = await WaitingCountAsync();
        var context = web.Context(http, caller.Tenant.Settings.TimeZone, ReaderKey) with
        {
            Reader = new Reader(caller, count.Count, count.Overdue, await UnreadAsync(), web.Options.SignIn != WebSignIn.Proxy),
            Notice = IsFragment ? null : web.Notices.Take(http),
        };
        return Html.Of<TComponent>(model, context, status);
    }

    /// <summary>A fragment that asks nothing of its reader.</summary>
    public IResult Fragment<TComponent>(object model)
        where TComponent : IComponent => Html.Of<TComponent>(model, web.Context(http, caller.Tenant.Settings.TimeZone, ReaderKey), StatusCodes.Status200OK);

    /// <summary>Of the newest messages, those that came after the feed was last read.</summary>
    private async ValueTask<int> UnreadAsync()
    {
        var read = await web.Personal.FeedReadAsync(this);
        var newest = await Services.Notifications.ListAsync(Tenant, caller.Id, new PageRequest(MostUnread), Cancellation);
        return newest.Items.Count(message => message.At > read);
    }

    /// <summary>To another page, which shows the text once.</summary>
    public IResult Go(string url, string? done = null, NoticeKind kind = NoticeKind.Done)
    {
        if (done is not null)
        {
            web.Notices.Leave(http, new Notice(kind, done));
        }

        if (IsFragment)
        {
            // A fragment can't take another page's place: the browser goes there.
            http.Response.Headers["HX-Redirect"] = url;
            return Results.StatusCode(StatusCodes.Status204NoContent);
        }

        return new SeeOther(url);
    }

    /// <summary>What is not there and what the reader may not see look the same.</summary>
    public Task<IResult> NotFoundAsync() => ShowAsync<MessagePage>(new Message(Texts.NotFoundTitle, Texts.NotFoundText), StatusCodes.Status404NotFound);

    public Task<IResult> ForbiddenAsync() => ShowAsync<MessagePage>(new Message(Texts.ForbiddenTitle, Texts.ForbiddenText), StatusCodes.Status403Forbidden);

    /// <summary>Binds anti-forgery fields to the reader.</summary>
    internal string ReaderKey => $"{caller.TenantId}/{caller.Id}";
}
