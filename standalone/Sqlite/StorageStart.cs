namespace Approvals.Standalone.Sqlite;

/// <summary>Opens the storage before anything else starts, and takes over the tokens that the command line made meanwhile.</summary>
internal sealed class StorageStart(SqliteStorage storage) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => storage.Tokens.TakeAllAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
