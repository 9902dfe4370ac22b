using Approvals.Functions.Hosting;
using Approvals.Hosting;

namespace Approvals.Functions.SignIn;

/// <summary>How callers prove who they are; more than one way may be open at once.</summary>
[Flags]
internal enum SignInKinds
{
    None = 0,

    /// <summary>Everybody may be anybody.</summary>
    Development = 1,

    /// <summary>The platform signs people in (Entra ID) and says so with every call.</summary>
    EasyAuth = 2,

    /// <summary>API tokens.</summary>
    Tokens = 4,
}

/// <summary>Reads <c>Approvals__SignIn</c>.</summary>
internal static class SignInSetting
{
    private const string Setting = "SignIn";

    /// <exception cref="SettingsException">There is no such way, or it is not to be had here.</exception>
    public static SignInKinds Read(SettingsSection section, Platform platform)
    {
        var named = section.List(Setting);
        var kinds = named.Count > 0
            ? named.Aggregate(SignInKinds.None, (all, text) => all | Kind(text))
            : SignInKinds.Tokens
                | (platform.Authenticates ? SignInKinds.EasyAuth : SignInKinds.None)
                | (platform.IsDevelopment ? SignInKinds.Development : SignInKinds.None);
        if (kinds.HasFlag(SignInKinds.Development) && !platform.IsDevelopment)
        {
            throw new SettingsException(
                "Approvals:SignIn may name development only where AZURE_FUNCTIONS_ENVIRONMENT is Development, and never in Azure: it lets everybody be anybody.");
        }
        if (kinds.HasFlag(SignInKinds.EasyAuth) && !platform.Authenticates)
        {
            throw new SettingsException(
                "Approvals:SignIn names easyAuth, but the platform does not authenticate (WEBSITE_AUTH_ENABLED): anybody could write the principal header.");
        }
        return kinds;
    }

    private static SignInKinds Kind(string text) => text switch
    {
        "development" => SignInKinds.Development,
        "easyAuth" => SignInKinds.EasyAuth,
        "tokens" => SignInKinds.Tokens,
        _ => throw new SettingsException("Approvals:SignIn must be one or more of easyAuth, tokens and development, with commas between them."),
    };
}
