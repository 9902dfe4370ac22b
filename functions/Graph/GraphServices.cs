using Approvals.Ports;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Graph;

/// <summary>Registers Microsoft Graph as the source of people.</summary>
internal static class GraphServices
{
    /// <param name="settings">Null: people are the service's own.</param>
    public static IServiceCollection AddGraph(this IServiceCollection services, GraphSettings? settings)
    {
        if (settings is null)
        {
            return services;
        }
        // Nobody changes people here whom somebody else keeps.
        services.RemoveAll<IDirectoryStore>();
        services.AddSingleton<IPeopleSource>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var graph = new GraphApi(provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<TokenCredential>(), time);
            return new GraphPeople(new GraphDirectory(graph, settings), settings, time, provider.GetRequiredService<ILogger<GraphPeople>>());
        });
        return services;
    }
}
