using System.Net;
using Approvals.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of an Approvals service.</summary>
public static class ApprovalsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ApprovalsClient"/> over <see cref="IHttpClientFactory"/>, with retries, timeouts and a circuit breaker. Retried calls carry
    /// their first idempotency key, so the service carries them out once.
    /// </summary>
    /// <param name="service">The service's address, for example <c>http://localhost:7071</c>.</param>
    /// <param name="token">Gives the bearer token of each call; null: calls have none.</param>
    /// <returns>The builder of the underlying client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddApprovalsClient(
        this IServiceCollection services, Uri service, Func<IServiceProvider, CancellationToken, ValueTask<string>>? token = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(service);
        if (!service.IsAbsoluteUri || service.Scheme is not ("http" or "https") || service.Query.Length > 0)
        {
            throw new ArgumentException("The service's address is an absolute http or https address without a query.", nameof(service));
        }
        services.TryAddSingleton(TimeProvider.System);
        var builder = services.AddHttpClient(nameof(ApprovalsClient), http =>
        {
            http.BaseAddress = service.AbsoluteUri.EndsWith('/') ? service : new Uri(service.AbsoluteUri + "/");
            // The pipeline's own timeouts end a call.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        // Clients may be held by singletons: connections are renewed here instead of by new handlers. A redirect would lead credentials elsewhere.
        builder.UseSocketsHttpHandler((handler, _) =>
        {
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            handler.AllowAutoRedirect = false;
        }).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        builder.AddStandardResilienceHandler(Configure);
        if (token is not null)
        {
            builder.AddHttpMessageHandler(provider => new BearerToken(stop => token(provider, stop)));
        }
        services.TryAddTransient(provider => new ApprovalsClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(ApprovalsClient)),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<ApprovalsClient>>()));
        return builder;
    }

    /// <summary>Adds <see cref="ApprovalGate"/> with the application's one approval handler. A second handler is refused.</summary>
    /// <exception cref="InvalidOperationException">There is a handler already.</exception>
    public static IServiceCollection AddApprovalGate(this IServiceCollection services, Func<IServiceProvider, IApprovalHandler> handler)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(handler);
        if (services.Any(service => service.ServiceType == typeof(IApprovalHandler)))
        {
            throw new InvalidOperationException("The application has an approval handler already; there can be only one.");
        }
        services.AddSingleton(handler);
        services.TryAddSingleton(provider => new ApprovalGate(provider.GetRequiredService<IApprovalHandler>(), provider.GetService<ILogger<ApprovalGate>>()));
        return services;
    }

    private static void Configure(HttpStandardResilienceOptions options)
    {
        // A long poll takes up to 30 seconds.
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(40);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(3);
        options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(80);
        // 408 is the gate's answer that nobody decided in time, not a fault of the connection.
        options.Retry.ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome));
        options.CircuitBreaker.ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome));
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome.Result?.StatusCode == HttpStatusCode.RequestTimeout
        ? false
        : HttpClientResiliencePredicates.IsTransient(outcome);

    private sealed class BearerToken(Func<CancellationToken, ValueTask<string>> token) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", await token(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
