using Approvals.Api.SignIn;
using Approvals.Links;
using Approvals.Web.Delegations;
using Approvals.Web.Hosting;
using Approvals.Web.Inbox;
using Approvals.Web.Links;
using Approvals.Web.Notifications;
using Approvals.Web.Policies;
using Approvals.Web.Policies.Builder;
using Approvals.Web.Preferences;
using Approvals.Web.Rendering;
using Approvals.Web.Reports;
using Approvals.Web.Requests;
using Approvals.Web.Security;
using Approvals.Web.SignIn;
using Approvals.Web.Trail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Approvals.Web;

/// <summary>Puts the pages into a host that has the API.</summary>
public static class ApprovalsWeb
{
    /// <summary>
    /// Comes after the host has registered its ports and its <see cref="IPrincipalReader"/>, which from then on also takes the browser's session
    /// where pages sign people in.
    /// </summary>
    public static IServiceCollection AddApprovalsWeb(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton<LinkTokens>();
        services.TryAddSingleton<ApproveLinks>();
        services.AddSingleton<SiteCookies>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<WebServices>();
        if (options.SignIn != WebSignIn.Proxy)
        {
            var inner = services.Last(service => service.ServiceType == typeof(IPrincipalReader));
            services.Remove(inner);
            services.AddSingleton<IPrincipalReader>(provider => new SessionPrincipals(Make(provider, inner), provider.GetRequiredService<SessionCookie>()));
        }

        return services;
    }

    public static IEndpointRouteBuilder MapApprovalsWeb(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApprovalsWeb));
        var pages = new PageRoutes(routes, services.GetRequiredService<WebServices>(), log);
        PageAssets.Map(routes);
        SignInPages.Map(pages);
        InboxPages.Map(pages);
        MinePages.Map(pages);
        NewRequestPages.Map(pages);
        RequestPages.Map(pages);
        DelegationPages.Map(pages);
        BuilderPages.Map(pages);
        PolicyPages.Map(pages);
        LinkPages.Map(pages);
        FeedPages.Map(pages);
        PreferencesPages.Map(pages);
        AuditPages.Map(pages);
        ReportPages.Map(pages);
        return routes;
    }

    private static IPrincipalReader Make(IServiceProvider provider, ServiceDescriptor inner) => (IPrincipalReader)(
        inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!));
}
