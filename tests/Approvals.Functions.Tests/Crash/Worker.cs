using Approvals.Directory;
using Approvals.Functions.Commands;
using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Tests.Tables;
using Approvals.Ports;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Functions.Tests.Crash;

/// <summary>One process of the app over tables that others share: it commits within the caller's call, so that every fault comes to light there.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    /// <param name="retries">How often the storage client tries again by itself.</param>
    /// <param name="startup">Null: complete.</param>
    /// <param name="people">Who keeps the directory; null: the tables do.</param>
    /// <param name="transport">Where commands are carried out; null: within the caller's call.</param>
    public Worker(AzuriteFixture azurite, TimeProvider time, string prefix, Operations? operations = null, int retries = 0, StartupSignal? startup = null,
        ICommandTransport? transport = null, IPeopleSource? people = null)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1) } };
        var services = new ServiceCollection()
            .AddLogging()
            .AddTablesHome(azurite, time, operations, prefix, options)
            .AddSingleton(provider => transport ?? new Inline(provider.GetRequiredService<IRequestWorker>));
        if (startup is not null)
        {
            services.AddSingleton(startup);
        }

        if (people is not null)
        {
            services.AddSingleton(people).AddSingleton<Departure>();
        }

        _provider = services.BuildServiceProvider();
    }

    public IRequestEngine Engine => Get<IRequestEngine>();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>What the caller does, and does again after a fault.</summary>
    public async Task CallAsync(Step step)
    {
        if (step.Start is { } start)
        {
            await Engine.StartAsync(start, default);
        }
        else
        {
            await Engine.SendAsync(step.Envelope, default);
        }
    }

    /// <summary>What the orchestration does with its activities, and does again after a fault.</summary>
    public Task RunAsync(Step step) => RunAsync(Get<IRequestWorker>(), step.Envelope.Tenant, step.Envelope.RequestId, step.Envelope.CommandId);

    private static async Task RunAsync(IRequestWorker worker, string tenant, string requestId, string commandId)
    {
        var done = await worker.RunAsync(tenant, requestId, commandId, [], default);
        if (!done.Dispatched)
        {
            await worker.DispatchAsync(tenant, requestId, default);
        }
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed class Inline(Func<IRequestWorker> worker) : ICommandTransport
    {
        public Task StartAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) => RunAsync(worker(), tenant, requestId, commandId);

        public Task SendAsync(string tenant, string requestId, string commandId, CancellationToken cancellation) => RunAsync(worker(), tenant, requestId, commandId);
    }
}
