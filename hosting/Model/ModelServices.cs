using System.ClientModel.Primitives;
using Approvals.Copilot.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Hosting.Model;

/// <summary>Registers the language model where there is one.</summary>
public static class ModelServices
{
    /// <param name="identity">How the host signs in where the settings have no key.</param>
    public static IServiceCollection AddLanguageModel(
        this IServiceCollection services, OpenAiSettings? settings, Func<IServiceProvider, AuthenticationPolicy>? identity = null)
    {
        if (settings is null)
        {
            return services;
        }
        return services.AddSingleton<ILanguageModel>(provider => new OpenAiModel(
            settings,
            settings.Key is { } key ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new(key)) : identity!(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OpenAiModel>>()));
    }
}
