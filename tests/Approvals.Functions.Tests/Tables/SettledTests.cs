using Approvals.Conformance;
using Approvals.Functions.Tables.Requests;
using Approvals.Functions.Tests.Azurite;

namespace Approvals.Functions.Tests.Tables;

/// <summary>What a caller is shown who looks for a receipt.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class SettledTests(AzuriteFixture azurite)
{
    /// <summary>The request must be read after the receipt: read before, it may not have been there yet.</summary>
    [Fact]
    public async Task Settled_committedWhileLooking_showsTheRequestOfTheReceipt()
    {
        var operations = new Operations();
        await using var adapter = await TablesAdapter.OpenAsync(azurite, operations);
        await adapter.SeedAsync(Office.Directory);
        await adapter.Engine.StartAsync(Office.Request("r1", adapter.Time.GetUtcNow()), CancellationToken.None);
        operations.Forget();

        var settled = await adapter.Get<RequestTable>().SettledAsync(Office.Tenant, "r1", "create-r1", CancellationToken.None);

        Assert.Equal(1, settled!.Value.Receipt.Version);
        Assert.Equal(1, settled.Value.Request.Stored!.State.Version);
        var order = operations.All.Select(operation => operation.Contains("c%7C", StringComparison.OrdinalIgnoreCase) ? "command" : "request").ToList();
        Assert.Equal(["command", "request"], order);
    }
}
