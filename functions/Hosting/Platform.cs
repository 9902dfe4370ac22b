using Microsoft.Extensions.Configuration;

namespace Approvals.Functions.Hosting;

/// <summary>Where the worker runs, as the platform itself says by its own variables.</summary>
/// <param name="IsAzure">In Azure, whatever else is said.</param>
/// <param name="IsDevelopment">Started by the Functions tools on somebody's own machine.</param>
/// <param name="Authenticates">App Service authentication is on: it sets the principal header, and takes away what callers send under that name.</param>
internal sealed record Platform(bool IsAzure, bool IsDevelopment, bool Authenticates)
{
    public static Platform Read(IConfiguration configuration)
    {
        // https://learn.microsoft.com/azure/app-service/reference-app-settings
        var isAzure = IsSet(configuration, "WEBSITE_INSTANCE_ID") || IsSet(configuration, "WEBSITE_SITE_NAME");
        return new Platform(
            isAzure,
            !isAzure && string.Equals(configuration["AZURE_FUNCTIONS_ENVIRONMENT"], "Development", StringComparison.OrdinalIgnoreCase),
            bool.TryParse(configuration["WEBSITE_AUTH_ENABLED"], out var enabled) && enabled);
    }

    private static bool IsSet(IConfiguration configuration, string name) => !string.IsNullOrEmpty(configuration[name]);
}
