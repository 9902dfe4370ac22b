using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Functions.Checkpoints;
using Approvals.Hosting;
using Approvals.Ports;
using Approvals.Tenants;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Approvals.Functions.Hosting;

/// <summary>
/// Before the first call is answered: the container of checkpoints, the tenants and people of the directory file or Graph, and the policies' files. The
/// Functions host sends calls to a worker from its first moment on; <see cref="StartupSignal"/> holds them up until all of this is in effect.
/// </summary>
internal sealed partial class Start(
    Settings settings, BlobServiceClient blobs, IDirectorySeed directory, ITenantCatalog catalog, StartupDelivery delivery, PolicyFiles policies, UngatedTenants ungated,
    StartupSignal startup, TimeProvider time, ILogger<Start> log) : IHostedService
{
    /// <summary>Tries to read people from Graph, some four minutes; then the host starts another worker.</summary>
    private const int MaxTries = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await blobs.GetBlobContainerClient(BlobCheckpoints.ContainerName).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await directory.SeedAsync(Tenants(), cancellationToken);
        if (settings.Graph is { } graph)
        {
            await ReadPeopleAsync(graph.Tenant, cancellationToken);
        }
        await delivery.CheckAsync(cancellationToken);
        await policies.PublishAsync(settings.PoliciesDirectory, settings.WithDemo, cancellationToken);
        await ungated.WarnAsync(cancellationToken);
        startup.Complete();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReadPeopleAsync(string tenant, CancellationToken cancellation)
    {
        for (var (tries, pause) = (1, TimeSpan.FromSeconds(1)); ; tries++)
        {
            try
            {
                await catalog.FindAsync(tenant, cancellation);
                return;
            }
            catch (Exception fault) when (tries < MaxTries && !cancellation.IsCancellationRequested)
            {
                NotRead(log, fault, pause);
            }
            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private ImmutableArray<TenantDirectory> Tenants() => settings switch
    {
        { DirectoryFile: { } file } => StartupDirectory.Read(file),
        { WithDemo: true } => StartupDirectory.Read(null),
        { Graph: { } graph } => [new TenantDirectory(new TenantSettings { Id = graph.Tenant }, [])],
        _ => [],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory could not be read for the first time; it is tried again in {Pause}, and nothing is answered until then.")]
    private static partial void NotRead(ILogger logger, Exception fault, TimeSpan pause);
}
