using Approvals.Functions.Tests.Azurite;
using Approvals.Testing;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Tables;

/// <summary>A test over a table of its own, with every operation on it counted.</summary>
[Collection(AzuriteFixture.Collection)]
public abstract class TableTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private TableClient? _table;

    protected static CancellationToken None => CancellationToken.None;

    protected ManualTime Time { get; } = new();

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected TableClient Table => _table!;

    private protected Operations Operations { get; } = new();

    public async Task InitializeAsync() => _table = await azurite.TableAsync(Operations);

    public Task DisposeAsync() => Task.CompletedTask;
}
