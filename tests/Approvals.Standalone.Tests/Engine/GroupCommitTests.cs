using Approvals.Conformance;
using Approvals.Standalone.Engine;
using Approvals.Standalone.Sqlite;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>Many callers share a transaction; a fault of one is not the others'.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task Run_manyAtOnce_shareTransactions()
    {
        await using var storage = await Storage.OpenAsync();
        var before = await storage.On.Writer.RunAsync(ledger => ledger.Transactions, default);
        var last = 0L;
        var blocked = BlockAsync(storage, out var release);
        var calls = Enumerable.Range(0, 100).Select(i => storage.On.Writer.RunAsync(
            ledger =>
            {
                Put(ledger, $"c{i}");
                return last = ledger.Transactions;
            },
            default).AsTask()).ToList();
        release.Set();
        await blocked;
        await Task.WhenAll(calls);

        Assert.Equal(100, await CountAsync(storage));
        // The one that held the writer up may be among them; a slow machine may cut them in a few.
        Assert.InRange(last - before, 1, 20);
    }

    [Fact]
    public async Task Run_faultBeforeWriting_isItsOwn()
    {
        await using var storage = await Storage.OpenAsync();
        var (good, bad) = await TogetherAsync(storage, _ => throw new InvalidOperationException("No."));

        Assert.All(good, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.IsType<InvalidOperationException>(bad.Exception!.InnerException);
        Assert.Equal(20, await CountAsync(storage));
    }

    [Fact]
    public async Task Run_faultAfterWriting_isUndoneAndItsOwn()
    {
        await using var storage = await Storage.OpenAsync();
        var (good, bad) = await TogetherAsync(storage, ledger =>
        {
            Put(ledger, "half");
            ledger.Record(ledger.Tenants.Get(Office.Tenant), [Office.Entry(storage.Now)]);
            throw new InvalidOperationException("No.");
        });

        Assert.All(good, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.True(bad.IsFaulted);
        Assert.Equal(20, await CountAsync(storage));
        Assert.Equal(new(true, 0, null), await storage.On.Audit.VerifyAsync(Office.Tenant, null, default));
    }

    [Fact]
    public async Task Run_brokenConstraint_isItsOwn()
    {
        await using var storage = await Storage.OpenAsync();
        var (good, bad) = await TogetherAsync(storage, ledger =>
        {
            Put(ledger, "same");
            ledger.Connection.Prepare("INSERT INTO consumer(name, position) VALUES ('same', 1)").Run();
            return true;
        });

        Assert.All(good, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.True(Assert.IsType<SqliteFault>(bad.Exception!.InnerException).IsConstraint);
        Assert.Equal(20, await CountAsync(storage));
    }

    [Fact]
    public async Task Run_diskFull_failsEveryoneAndRecovers()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        var pages = await storage.On.Writer.RunAsync(ledger => ledger.Connection.Number("PRAGMA page_count"), default);
        await storage.On.Writer.RunAsync(ledger => Limit(ledger, $"PRAGMA max_page_count = {pages + 2}"), default);

        var faults = 0;
        var kept = new List<string>();
        for (var i = 0; faults == 0; i++)
        {
            try
            {
                await storage.StartAsync(Office.Request($"s{i}", storage.Now));
                kept.Add($"s{i}");
            }
            catch (SqliteFault)
            {
                faults++;
            }
        }

        // Reading goes on; so does writing once there is room.
        Assert.NotNull(await storage.FindAsync("r1"));
        await storage.On.Writer.RunAsync(ledger => Limit(ledger, "PRAGMA max_page_count = 1000000"), default);
        await storage.StartAsync(Office.Request("after", storage.Now));
        foreach (var id in kept.Append("after"))
        {
            Assert.NotNull(await storage.FindAsync(id));
        }

        Assert.True((await storage.On.Audit.VerifyAsync(Office.Tenant, null, default)).Valid);
    }

    private static bool Limit(Ledger ledger, string sql)
    {
        ledger.Connection.Execute(sql);
        return true;
    }

    /// <summary>Twenty calls that write, and one among them that does something else, in one transaction.</summary>
    private static async Task<(List<Task<bool>> Good, Task<bool> Bad)> TogetherAsync(Storage storage, Func<Ledger, bool> bad)
    {
        var blocked = BlockAsync(storage, out var release);
        var calls = Enumerable.Range(0, 21).Select(i => storage.On.Writer.RunAsync(
            ledger =>
            {
                if (i == 10)
                {
                    return bad(ledger);
                }

                Put(ledger, $"c{i}");
                return true;
            },
            default).AsTask()).ToList();
        release.Set();
        await blocked;
        await Task.WhenAll(calls.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));
        var failed = calls[10];
        calls.RemoveAt(10);
        return (calls, failed);
    }

    /// <summary>Holds the writer up until what follows is queued.</summary>
    private static Task<bool> BlockAsync(Storage storage, out ManualResetEventSlim release)
    {
        var gate = release = new ManualResetEventSlim();
        return storage.On.Writer.RunAsync(
            _ =>
            {
                gate.Wait();
                return true;
            },
            default).AsTask();
    }

    private static void Put(Ledger ledger, string name) =>
        ledger.Connection.Prepare("INSERT INTO consumer(name, position) VALUES (?1, 0)").Bind(1, name).Run();

    private static ValueTask<long?> CountAsync(Storage storage) =>
        storage.On.Readers.ReadAsync(connection => connection.Number("SELECT count(*) FROM consumer"), default);
}
