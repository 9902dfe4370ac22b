using Microsoft.Extensions.Hosting;

namespace Approvals.Functions.Tables;

/// <summary>Makes the tables before anything reads them.</summary>
internal sealed class TablesStart(ServiceTables tables) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => tables.CreateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
