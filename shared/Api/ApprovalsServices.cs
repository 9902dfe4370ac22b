using Approvals.Api.Handlers;
using Approvals.Api.Http;
using Approvals.Api.SignIn;
using Approvals.Copilot;
using Approvals.Copilot.Risks;
using Approvals.Delegations;
using Approvals.Directory;
using Approvals.Gate;
using Approvals.Links;
using Approvals.Outbox;
using Approvals.Policies;
using Approvals.Policies.Simulation;
using Approvals.Ports;
using Approvals.Reports;
using Approvals.Requests;
using Approvals.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Approvals.Api;

/// <summary>Registers the application over the ports; the host registers the ports and an <see cref="IPrincipalReader"/>.</summary>
public static class ApprovalsServices
{
    public static IServiceCollection AddApprovals(this IServiceCollection services, ApiOptions options)
    {
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StartupSignal>();
        services.AddSingleton(options);
        services.AddSingleton<Gatekeeper>();
        services.AddSingleton<GrantTokens>();
        services.AddSingleton<Executions>();
        services.AddSingleton<RequestCommands>();
        services.AddSingleton<RequestStarter>();
        services.TryAddSingleton(ApprovalTypes.BuiltIn);
        services.AddSingleton<DecisionInputs>();
        services.AddSingleton<Decisions>();
        services.AddSingleton<PublicationCompletion>();
        services.AddSingleton<Publication>();
        services.AddSingleton<DelegationCompletion>();
        services.AddSingleton<Delegating>();
        services.AddSingleton(provider => new Departure(
            provider.GetRequiredService<IDelegationStore>(), provider.GetRequiredService<IRequestStore>(), provider.GetRequiredService<IRequestEngine>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetService<ITokenStore>()));
        services.AddSingleton(provider => new DirectoryCompletion(
            provider.GetRequiredService<ITenantCatalog>(), provider.GetRequiredService<Departure>(), provider.GetRequiredService<IRequestEngine>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetService<IDirectoryStore>()));
        services.AddSingleton<DirectoryChanges>();
        services.AddSingleton<RecordedChecks>();
        services.AddSingleton<LinkTokens>();
        services.AddSingleton<LinkIssuer>();
        services.AddSingleton<ApproveLinks>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<Redelivery>();
        services.AddSingleton<OutboxPumps>();
        services.AddSingleton<IOutboxConsumer, OwnRequests>();
        services.AddSingleton<IOutboxConsumer, DepartureConsumer>();
        services.AddSingleton<Reporting>();
        services.AddCopilot();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<FirstSignIn>();
        services.AddSingleton<CallerResolver>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<OutboxTail>();
        services.AddSingleton(provider => new RateLimit(options.RateLimitPerSecond, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(Build);
        return services;
    }

    private static ApiServices Build(IServiceProvider provider) => new()
    {
        Callers = provider.GetRequiredService<CallerResolver>(),
        RateLimit = provider.GetRequiredService<RateLimit>(),
        Idempotency = provider.GetRequiredService<Idempotency>(),
        Time = provider.GetRequiredService<TimeProvider>(),
        Options = provider.GetRequiredService<ApiOptions>(),
        Gate = provider.GetRequiredService<Gatekeeper>(),
        Executions = provider.GetRequiredService<Executions>(),
        Grants = provider.GetRequiredService<GrantTokens>(),
        Commands = provider.GetRequiredService<RequestCommands>(),
        Starter = provider.GetRequiredService<RequestStarter>(),
        Types = provider.GetRequiredService<ApprovalTypes>(),
        Decisions = provider.GetRequiredService<Decisions>(),
        Publication = provider.GetRequiredService<Publication>(),
        Delegating = provider.GetRequiredService<Delegating>(),
        RecordedChecks = provider.GetRequiredService<RecordedChecks>(),
        Reports = provider.GetRequiredService<Reporting>(),
        Risks = provider.GetRequiredService<RiskReading>(),
        Copilot = provider.GetRequiredService<CopilotTools>(),
        Tail = provider.GetRequiredService<OutboxTail>(),
        Redelivery = provider.GetRequiredService<Redelivery>(),
        Requests = provider.GetRequiredService<IRequestStore>(),
        Audit = provider.GetRequiredService<IAuditStore>(),
        Outbox = provider.GetRequiredService<IOutboxStore>(),
        Policies = provider.GetRequiredService<IPolicyStore>(),
        Delegations = provider.GetRequiredService<IDelegationStore>(),
        Notifications = provider.GetRequiredService<INotificationStore>(),
        Directory = provider.GetRequiredService<DirectoryChanges>(),
        Tokens = provider.GetService<ITokenStore>(),
        Stopping = provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None,
    };
}
