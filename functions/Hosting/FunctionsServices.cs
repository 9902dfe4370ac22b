using System.ClientModel.Primitives;
using Approvals.Api;
using Approvals.Functions.Checkpoints;
using Approvals.Functions.Graph;
using Approvals.Functions.Http;
using Approvals.Functions.ServiceBus;
using Approvals.Functions.SignIn;
using Approvals.Functions.Vault;
using Approvals.Hosting;
using Approvals.Hosting.Delivery;
using Approvals.Hosting.Model;
using Approvals.Ports;
using Approvals.Web;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Approvals.Functions.Hosting;

/// <summary>Registers the Azure home: the application, its ports over Azure, and what leaves it.</summary>
internal static class FunctionsServices
{
    /// <summary>A stream is one call of the function, and keeps its instance from being scaled in; the host's own time-out is off (host.json).</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);

    /// <summary>What the identity's token is for.</summary>
    private const string ModelScope = "https://cognitiveservices.azure.com/.default";

    /// <exception cref="SettingsException">A file that the settings name can't be used.</exception>
    public static IServiceCollection AddFunctionsHome(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.OpenLimit);
        services.TryAddSingleton(TimeProvider.System);
        // The identity is the one that AZURE_CLIENT_ID names; on a developer's machine, whoever is signed in to the Azure tools.
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(provider => settings.Storage.Tables(provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton(provider => settings.Storage.Blobs(provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<ICheckpointStore>(provider =>
            new BlobCheckpoints(provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(BlobCheckpoints.ContainerName)));
        services.AddVault(settings.KeyVault, settings.SecretsVault);
        services.AddGraph(settings.Graph);
        services.AddDelivery(settings.Delivery, _ => settings.PublicUrl.AbsoluteUri, settings.PublicUrl.Host);
        services.AddServiceBus(settings.ServiceBus);
        services.AddLanguageModel(settings.Model, provider => ModelIdentity(provider.GetRequiredService<TokenCredential>()));
        services.AddApprovals(new ApiOptions
        {
            PublicUrl = settings.PublicUrl,
            RateLimitPerSecond = settings.RateLimitPerSecond,
            IsSecure = settings.PublicUrl.Scheme == Uri.UriSchemeHttps,
            MaxStream = LongestCall,
        });
        services.AddSignIn(settings.SignIn);
        services.AddApprovalsWeb(SignInServices.Pages(settings.SignIn));
        services.AddSingleton<StartupPolicies>();
        services.AddSingleton<UngatedTenants>();
        services.AddSingleton<PolicyFiles>();
        services.AddSingleton(provider => new Pipeline(provider, settings));
        services.AddHostedService<Start>();
        return services;
    }

    /// <summary>How the language model knows the app.</summary>
    internal static AuthenticationPolicy ModelIdentity(TokenCredential credential) => new BearerTokenPolicy(credential, ModelScope);
}
