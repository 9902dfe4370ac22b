using Approvals.Audit;
using Approvals.Conformance;
using Approvals.Standalone.Checkpoints;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Tests.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Standalone.Tests.Sqlite;

/// <summary>What somebody does to the file behind the service's back is found, and named.</summary>
public sealed class TamperTests
{
    [Theory]
    [InlineData("UPDATE audit SET canonical = replace(canonical, '\"ana\"', '\"eve\"') WHERE chain = 'r1' AND sequence = 4", 4)]
    [InlineData("DELETE FROM audit WHERE chain = 'r1' AND sequence = 2", 2)]
    [InlineData("UPDATE audit SET hash = zeroblob(32) WHERE chain = 'r1' AND sequence = 3", 3)]
    [InlineData("UPDATE audit SET sequence = 9 WHERE chain = 'r1' AND sequence = 5", 9)]
    [InlineData("DELETE FROM audit WHERE chain = 'r1' AND sequence >= 4", 4)]
    public async Task Verify_changedBehindItsBack_namesTheEntry(string sql, long sequence)
    {
        await using var storage = await StartAsync();
        await ChangeAsync(storage, sql);

        var found = await storage.On.Audit.VerifyAsync(Office.Tenant, null, default);
        Assert.False(found.Valid);
        Assert.Equal(("r1", sequence), (found.FirstInvalid!.RequestId, found.FirstInvalid.Sequence));
        Assert.False((await storage.On.Audit.VerifyAsync(Office.Tenant, "r1", default)).Valid);
        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, "r2", default)).Valid);
    }

    [Fact]
    public async Task Verify_requestRemovedWhole_isFoundByItsCheckpoint()
    {
        await using var storage = await StartAsync();
        await ChangeAsync(storage, "DELETE FROM audit WHERE chain = 'r1'");

        Assert.Equal("r1", (await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).FirstInvalid!.RequestId);
    }

    [Fact]
    public async Task Verify_checkpointsChanged_isFound()
    {
        await using var storage = await StartAsync();
        await storage.ReopenAsync();
        var path = Path.Combine(storage.Directory.Path, "checkpoints.jsonl");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"chains\":2", "\"chains\":3", StringComparison.Ordinal));

        Assert.False((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    [Fact]
    public async Task Verify_lastCheckpointRemoved_isFound()
    {
        await using var storage = await StartAsync();
        await storage.ReopenAsync();
        File.WriteAllText(Path.Combine(storage.Directory.Path, "checkpoints.jsonl"), "");

        Assert.Equal("checkpoints", (await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).FirstInvalid?.RequestId);
        var found = await storage.On.Audit.VerifyAsync(Office.Tenant, "r1", default);
        Assert.Equal((false, 6L, "checkpoints"), (found.Valid, found.Checked, found.FirstInvalid?.RequestId));
    }

    [Fact]
    public async Task Open_damagedEntry_stillServes()
    {
        await using var storage = await StartAsync();
        await ChangeAsync(storage, "UPDATE audit SET canonical = 'nonsense' WHERE chain = 'r1' AND sequence = 2");
        await storage.ReopenAsync();

        await storage.SendAsync("r2", Office.Approve("ana"));
        var found = await storage.On.Audit.VerifyAsync(Office.Tenant, null, default);
        Assert.Equal(("r1", 2L), (found.FirstInvalid!.RequestId, found.FirstInvalid.Sequence));
    }

    private static async Task<Storage> StartAsync()
    {
        var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        await storage.SendAsync("r1", Office.Approve("ana"));
        await storage.StartAsync(Office.Request("r2", storage.Now));
        using var loop = new CheckpointLoop(
            storage.On.Catalog, new CheckpointTaker(storage.On.Audit, storage.On.Engine, storage.On.Checkpoints, storage.On.Signer, storage.Time), storage.Time,
            TimeSpan.FromHours(1), NullLogger<CheckpointLoop>.Instance);
        await loop.TakeAsync(default);
        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
        return storage;
    }

    private static async Task ChangeAsync(Storage storage, string sql) => await storage.On.Writer.RunAsync(
        ledger =>
        {
            ledger.Connection.Execute(sql);
            return true;
        },
        default);
}
