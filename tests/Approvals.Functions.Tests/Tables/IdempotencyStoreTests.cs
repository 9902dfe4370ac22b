using Approvals.Functions.Tables;
using Approvals.Functions.Tests.Azurite;
using Approvals.Ports;
using Azure.Data.Tables;

namespace Approvals.Functions.Tests.Tables;

public sealed class IdempotencyStoreTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private TablesIdempotencyStore Store => new(Table);

    [Fact]
    public async Task Find_aroundMidnight_isFoundForADay()
    {
        await SaveAsync("k", Midnight.AddSeconds(-1), 201);
        Assert.Equal(201, await StatusAsync("k", Midnight.AddSeconds(-1)));
        Assert.Equal(201, await StatusAsync("k", Midnight));
        Assert.Equal(201, await StatusAsync("k", Midnight.AddDays(1).AddSeconds(-2)));
        Assert.Null(await StatusAsync("k", Midnight.AddDays(1).AddSeconds(-1)));
    }

    [Fact]
    public async Task Save_twoAtOnceAroundMidnight_theFirstAnswers()
    {
        await SaveAsync("k", Midnight.AddSeconds(1), 500);
        await SaveAsync("k", Midnight.AddSeconds(-1), 201);
        Assert.Equal(201, await StatusAsync("k", Midnight.AddSeconds(2)));
    }

    [Fact]
    public async Task Save_manyAtOnce_oneStays()
    {
        await Task.WhenAll(Enumerable.Range(200, 20).Select(status => SaveAsync("k", Midnight, status)));
        var first = await StatusAsync("k", Midnight);
        await SaveAsync("k", Midnight.AddHours(23), 500);
        Assert.Equal(first, await StatusAsync("k", Midnight.AddHours(23)));
    }

    [Theory]
    [MemberData(nameof(Hostile.All), MemberType = typeof(Hostile))]
    public async Task HostileIds_areKeptApart(string id)
    {
        await Store.SaveAsync(id, "ana", "k", Response(Midnight, 201), None);
        await Store.SaveAsync("contoso", id, "k", Response(Midnight, 202), None);
        await Store.SaveAsync("contoso", "ana", id, Response(Midnight, 203), None);

        Assert.Equal(201, (await Store.FindAsync(id, "ana", "k", Midnight, None))!.Status);
        Assert.Equal(202, (await Store.FindAsync("contoso", id, "k", Midnight, None))!.Status);
        Assert.Equal(203, (await Store.FindAsync("contoso", "ana", id, Midnight, None))!.Status);
        Assert.Null(await Store.FindAsync("contoso", "ana", "k", Midnight, None));
    }

    [Fact]
    public async Task Save_body_isKeptAsItIs()
    {
        var body = new byte[300_000];
        new Random(1).NextBytes(body);
        await Store.SaveAsync("contoso", "ana", "k", Response(Midnight, 200) with { Body = body, Location = null }, None);
        var found = (await Store.FindAsync("contoso", "ana", "k", Midnight, None))!;
        Assert.Equal(body, found.Body.ToArray());
        Assert.Null(found.Location);
    }

    [Fact]
    public async Task Prune_dropsWhatIsOver_andLooksAtNothingElse()
    {
        for (var i = 0; i < 40; i++)
        {
            await SaveAsync($"old{i}", Midnight.AddDays(-2).AddMinutes(i), 200);
            await SaveAsync($"new{i}", Midnight.AddMinutes(i), 200);
        }

        await SaveAsync("yesterday", Midnight.AddSeconds(-1), 200);
        await SaveAsync("a day ago", Midnight.AddHours(-23.5), 200);
        await Store.PruneAsync(Midnight.AddHours(1), None);
        Assert.Equal(41, await CountAsync());
        Assert.Equal(200, await StatusAsync("yesterday", Midnight.AddHours(1)));

        Operations.Forget();
        await Store.PruneAsync(Midnight.AddHours(1), None);
        Assert.Single(Operations.All);
        await Store.PruneAsync(Midnight.AddDays(2), None);
        Assert.Equal(0, await CountAsync());
    }

    private static StoredResponse Response(DateTimeOffset at, int status) => new("hash", status, "/there", "application/json", "{}"u8.ToArray(), at);

    private Task SaveAsync(string key, DateTimeOffset at, int status) => Store.SaveAsync("contoso", "ana", key, Response(at, status), None).AsTask();

    private async Task<int?> StatusAsync(string key, DateTimeOffset now) => (await Store.FindAsync("contoso", "ana", key, now, None))?.Status;

    private async Task<int> CountAsync()
    {
        var count = 0;
        await foreach (var _ in Table.QueryAsync<TableEntity>())
        {
            count++;
        }

        return count;
    }
}
