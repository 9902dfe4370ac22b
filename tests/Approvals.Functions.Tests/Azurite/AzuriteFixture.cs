using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Azurite;

/// <summary>One Azurite for the whole run. Whoever uses it names <see cref="Collection"/>, and tables of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public const string Collection = "Azurite";

    private AzuriteProcess? _process;

    /// <summary>For blobs, queues and tables.</summary>
    public string ConnectionString => _process!.ConnectionString;

    public async Task InitializeAsync() => _process = await AzuriteProcess.StartAsync();

    public async Task DisposeAsync() => await _process!.DisposeAsync();

    /// <summary>A new empty table that no other test sees.</summary>
    /// <param name="operations">Counts what is asked of it.</param>
    internal async Task<TableClient> TableAsync(Operations? operations = null)
    {
        var name = $"t{Guid.NewGuid():N}";
        await new TableClient(ConnectionString, name).CreateAsync();
        return Open(name, operations);
    }

    /// <summary>A table as another process would open it.</summary>
    internal TableClient Open(string name, Operations? operations = null)
    {
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 2 } };
        if (operations is not null)
        {
            options.AddPolicy(operations, Azure.Core.HttpPipelinePosition.PerRetry);
        }

        return new TableClient(ConnectionString, name, options);
    }
}

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>;
