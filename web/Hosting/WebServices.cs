using Approvals.Api;
using Approvals.Api.SignIn;
using Approvals.Links;
using Approvals.Ports;
using Approvals.Types;
using Approvals.Web.Preferences;
using Approvals.Web.Rendering;
using Approvals.Web.Reports;
using Approvals.Web.Security;
using Approvals.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace Approvals.Web.Hosting;

/// <summary>What pages use besides the application, shared by all of them.</summary>
internal sealed class WebServices(
    ApiServices api, ITenantCatalog catalog, ApproveLinks links, IPersonalStore personal, SessionCookie session, SiteCookies cookies, ISecretKeys keys, WebOptions options,
    IPreferenceStore? preferences = null)
{
    /// <summary>Set by the script to the browser's zone.</summary>
    private const string ZoneCookie = "approvals-zone";

    public ApiServices Api => api;

    public ITenantCatalog Catalog => catalog;

    public ApprovalTypes Types => api.Types;

    public Decisions Decisions => api.Decisions;

    public ApproveLinks Links => links;

    /// <summary>Null in a host that sends no messages.</summary>
    public IPreferenceStore? Preferences => preferences;

    public Personal Personal { get; } = new(personal);

    public SessionCookie Session => session;

    public WebOptions Options => options;

    public CallerResolver Callers => api.Callers;

    public ForgeryTokens Forgery { get; } = new(keys, cookies);

    public ReportCache Reports { get; } = new(api.Time);

    public Notices Notices { get; } = new(keys, cookies);

    /// <param name="tenantZone">IANA id, used until the reader's own is known.</param>
    /// <param name="reader">Binds the anti-forgery field; empty before sign-in.</param>
    public PageContext Context(HttpContext http, string tenantZone, string reader) => FormlessContext(http) with
    {
        Zone = ZoneFor(http, tenantZone),
        Full = http.Request.Query["full"] == "1",
        Forgery = Forgery.Issue(http, reader),
    };

    /// <summary>Of a page without a form, which needs no key: what tells of a fault can be drawn whatever is broken.</summary>
    public PageContext FormlessContext(HttpContext http) => new()
    {
        Now = api.Time.GetUtcNow(),
        Zone = TimeZoneInfo.Utc,
        Path = http.Request.Path.Value ?? "/",
        Forgery = new ForgeryField("", ""),
    };

    /// <summary>The reader's zone where their browser has told it, else the tenant's.</summary>
    public static TimeZoneInfo ZoneFor(HttpContext http, string tenantZone) =>
        ZoneOf(http.Request.Cookies[ZoneCookie]) ?? ZoneOf(tenantZone) ?? TimeZoneInfo.Utc;

    private static TimeZoneInfo? ZoneOf(string? id) =>
        id is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(Uri.UnescapeDataString(id), out var zone) && zone.HasIanaId ? zone : null;
}
