using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Functions.Commands;
using Approvals.Functions.Orchestration;
using Approvals.Functions.Tables.Tenants;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Ports;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Tests.Orchestration;

/// <summary>
/// The app's orchestrator and activities, run by the in-process test host over tables of their own in Azurite, with the office in them. Its clock is
/// the machine's, since durable timers know no other.
/// </summary>
public sealed class DurableHome(AzuriteFixture azurite) : IAsyncLifetime
{
    private IHost? _host;

    public static CancellationToken None => CancellationToken.None;

    internal TurnRecorder Recorder { get; } = new();

    internal IRequestEngine Engine => Get<IRequestEngine>();

    internal IRequestStore Requests => Get<IRequestStore>();

    internal ICommandTransport Transport => Get<ICommandTransport>();

    internal DurableTaskClient Client => Get<DurableTaskClient>();

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddTablesHome(azurite, TimeProvider.System).AddOrchestration();
        builder.Services.AddTestHost(Get<IRequestWorker>, Recorder);
        _host = builder.Build();
        await _host.StartAsync();
        Get<DurableClients>().Take(Client);
        await Get<IDirectorySeed>().SeedAsync(Office.Directory, None);
    }

    public async Task DisposeAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    internal T Get<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    /// <summary>Completes when the request's instance has ended.</summary>
    internal Task<OrchestrationMetadata> EndAsync(string requestId) =>
        Client.WaitForInstanceCompletionAsync($"{Office.Tenant}:{requestId}", None).WaitAsync(TimeSpan.FromSeconds(60));

    internal Task<OrchestrationMetadata?> InstanceAsync(string requestId) => Client.GetInstanceAsync($"{Office.Tenant}:{requestId}", None);

    internal async Task<List<AuditFields>> HistoryAsync(string requestId) =>
        [.. (await Requests.HistoryAsync(Office.Tenant, requestId, new(2000), None)).Items.Select(AuditFields.Read)];
}
