using Approvals.Conformance;
using Approvals.Functions.Tests.Azurite;
using Approvals.Ports;
using Approvals.Testing;

namespace Approvals.Functions.Tests.Tables;

[Collection(AzuriteFixture.Collection)]
public sealed class RemovedCheckpointsTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(null)]
    [InlineData("r1")]
    public async Task Verify_allCheckpointsRemoved_isFound(string? requestId)
    {
        await using var adapter = await TablesAdapter.OpenAsync(azurite, null);
        await adapter.SeedAsync(Office.Directory);
        await adapter.Engine.StartAsync(Office.Request("r1", adapter.Time.GetUtcNow()), default);
        await adapter.CheckpointAsync();
        Assert.True((await adapter.Audit.VerifyAsync(Office.Tenant, requestId, default)).Valid);

        ((MemoryCheckpoints)adapter.Get<ICheckpointStore>()).Clear();

        Assert.Equal("checkpoints", (await adapter.Audit.VerifyAsync(Office.Tenant, requestId, default)).FirstInvalid?.RequestId);
    }
}
