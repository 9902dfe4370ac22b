using System.Collections.Immutable;
using Approvals.Api.SignIn;
using Approvals.Hosting.SignIn;
using Approvals.Ports;
using Approvals.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.SignIn;

/// <summary>Registers the ways of signing in that are open.</summary>
internal static class SignInServices
{
    // https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out
    private const string EasyAuthPage = "/.auth/login/aad?post_login_redirect_uri=%2Finbox";

    public static IServiceCollection AddSignIn(this IServiceCollection services, SignInKinds kinds) =>
        services.AddSingleton<IPrincipalReader>(provider => new FirstPrincipal([.. Readers(provider, kinds)]));

    /// <summary>How people come to be signed in on pages.</summary>
    public static WebOptions Pages(SignInKinds kinds) => new()
    {
        SignIn = kinds switch
        {
            _ when kinds.HasFlag(SignInKinds.EasyAuth) => WebSignIn.Proxy,
            _ when kinds.HasFlag(SignInKinds.Development) => WebSignIn.Personas,
            _ => WebSignIn.Tokens,
        },
        ProxySignInUrl = EasyAuthPage,
    };

    /// <summary>A credential that the caller put into the call comes before what a browser's session adds to it.</summary>
    private static IEnumerable<IPrincipalReader> Readers(IServiceProvider provider, SignInKinds kinds)
    {
        if (kinds.HasFlag(SignInKinds.Tokens))
        {
            yield return new TokenPrincipals(provider.GetRequiredService<ITokenStore>(), provider.GetRequiredService<TimeProvider>());
        }
        if (kinds.HasFlag(SignInKinds.Development))
        {
            yield return new LocalPersonas(new DevelopmentPrincipals(ForwardingHeaders.AnyFromElsewhere));
        }
        if (kinds.HasFlag(SignInKinds.EasyAuth))
        {
            yield return new ClientPrincipals(_ => true);
        }
    }
}
