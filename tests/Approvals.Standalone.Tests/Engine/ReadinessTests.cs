using Approvals.Standalone.Engine;
using Approvals.Standalone.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Standalone.Tests.Engine;

/// <summary>A host that can't write says so before somebody loses work by it.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Problem_busyWriter_isNotGivenMore()
    {
        await using var storage = await Storage.OpenAsync();
        var before = await TransactionsAsync(storage);
        Assert.Null(await storage.On.Readiness.ProblemAsync(default));
        Assert.Null(await storage.On.Readiness.ProblemAsync(default));
        Assert.Equal(before + 1, await TransactionsAsync(storage));

        storage.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await storage.On.Readiness.ProblemAsync(default));
        Assert.Equal(before + 3, await TransactionsAsync(storage));
    }

    [Fact]
    public async Task Problem_writerThatHangs_isToldAndHeaped()
    {
        await using var storage = await Storage.OpenAsync();
        storage.Time.Advance(TimeSpan.FromMinutes(1));
        using var release = new ManualResetEventSlim();
        var held = storage.On.Writer.RunAsync(_ => release.Wait(TimeSpan.FromSeconds(30)), default);
        var asked = Enumerable.Range(0, 5).Select(_ => storage.On.Readiness.ProblemAsync(default).AsTask()).ToArray();
        storage.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.All(await Task.WhenAll(asked), problem => Assert.Equal("The writer does not answer.", problem));

        release.Set();
        await held;
        Assert.Null(await storage.On.Readiness.ProblemAsync(default));
    }

    [Fact]
    public async Task Problem_fullDatabase_isToldUntilItIsMended()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.On.Writer.RunAsync(ledger => Limit(ledger, 1), default);
        await Assert.ThrowsAsync<Approvals.Standalone.Sqlite.SqliteFault>(async () => await storage.On.Writer.RunAsync(
            ledger =>
            {
                ledger.Connection.Prepare("INSERT INTO personal(tenant, person, name, body) VALUES ('t', 'p', 'n', zeroblob(1000000))").Run();
                return true;
            },
            default));
        Assert.Null(storage.On.Writer.LastCommit);

        await storage.On.Writer.RunAsync(ledger => Limit(ledger, 1_000_000), default);
        Assert.Null(await storage.On.Readiness.ProblemAsync(default));
    }

    [Fact]
    public async Task Problem_fullDisk_isTold()
    {
        await using var storage = await Storage.OpenAsync();
        var free = WriterReadiness.LeastFreeBytes;
        var readiness = new WriterReadiness(storage.On.Writer, () => free, storage.Time);
        Assert.Null(await readiness.ProblemAsync(default));
        free--;
        Assert.Contains("full", await readiness.ProblemAsync(default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_says503_andWhy()
    {
        await using var service = await Service.StartAsync();
        (await service.With(null).GetAsync("/healthz/ready")).Expect(200);
        await using var full = await Service.StartAsync(configure: services => services.AddSingleton<Approvals.Ports.IReadiness>(new Broken()));
        var answer = (await full.With(null).GetAsync("/healthz/ready")).Expect(503, "SERVICE_UNAVAILABLE");
        Assert.Equal("The disk is full.", answer["detail"].GetString());
        (await full.With(null).GetAsync("/healthz")).Expect(200);
    }

    private static async Task<long> TransactionsAsync(Storage storage) => await storage.On.Writer.RunAsync(ledger => ledger.Transactions, default);

    private static bool Limit(Ledger ledger, int pages)
    {
        ledger.Connection.Execute($"PRAGMA max_page_count = {pages}");
        return true;
    }

    private sealed class Broken : Approvals.Ports.IReadiness
    {
        public ValueTask<string?> ProblemAsync(CancellationToken cancellation) => new("The disk is full.");
    }
}
