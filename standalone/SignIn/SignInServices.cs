using Approvals.Api.SignIn;
using Approvals.Hosting.SignIn;
using Approvals.Ports;
using Approvals.Standalone.Hosting;
using Approvals.Web;

namespace Approvals.Standalone.SignIn;

/// <summary>Registers the ways of signing in that are open, and how people come to be signed in on pages.</summary>
internal static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, Settings settings) => services
        .AddSingleton<IPrincipalReader>(provider => new FirstPrincipal([.. Readers(provider, settings)]))
        .AddApprovalsWeb(new WebOptions
        {
            SignIn = settings.SignIn switch
            {
                _ when settings.SignIn.HasFlag(SignInKind.Proxy) => WebSignIn.Proxy,
                _ when settings.SignIn.HasFlag(SignInKind.Development) => WebSignIn.Personas,
                _ => WebSignIn.Tokens,
            },
        });

    /// <summary>A credential that the caller put into the call comes before what a proxy adds to it.</summary>
    private static IEnumerable<IPrincipalReader> Readers(IServiceProvider provider, Settings settings)
    {
        if (settings.SignIn.HasFlag(SignInKind.Tokens))
        {
            yield return new TokenPrincipals(provider.GetRequiredService<ITokenStore>(), provider.GetRequiredService<TimeProvider>());
        }
        if (settings.SignIn.HasFlag(SignInKind.Development))
        {
            yield return new DevelopmentPrincipals();
        }
        if (settings.SignIn.HasFlag(SignInKind.Proxy))
        {
            yield return new ClientPrincipals(new TrustedProxies(settings.TrustedProxies).Sent);
        }
    }
}
