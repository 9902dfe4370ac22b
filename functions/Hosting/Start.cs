using System.Collections.Immutable;
using Approvals.Directory;
using Approvals.Functions.Checkpoints;
using Approvals.Hosting;
using Approvals.Ports;
using Approvals.Tenants;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;

namespace Approvals.Functions.Hosting;

/// <summary>Before the first call: the container of checkpoints, the tenants and people of the directory file, and the policies' files.</summary>
internal sealed class Start(Settings settings, BlobServiceClient blobs, IDirectorySeed directory, PolicyFiles policies) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await blobs.GetBlobContainerClient(BlobCheckpoints.ContainerName).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await directory.SeedAsync(Tenants(), cancellationToken);
        await policies.PublishAsync(settings.PoliciesDirectory, settings.WithDemo, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ImmutableArray<TenantDirectory> Tenants() => settings switch
    {
        { DirectoryFile: { } file } => StartupDirectory.Read(file),
        { WithDemo: true } => StartupDirectory.Read(null),
        { Graph: { } graph } => [new TenantDirectory(new TenantSettings { Id = graph.Tenant }, [])],
        _ => [],
    };
}
