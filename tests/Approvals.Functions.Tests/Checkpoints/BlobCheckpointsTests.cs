using Approvals.Audit;
using Approvals.Functions.Checkpoints;
using Approvals.Functions.Tests.Azurite;

namespace Approvals.Functions.Tests.Checkpoints;

[Collection(AzuriteFixture.Collection)]
public sealed class BlobCheckpointsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Read_givesThemInTheirOrder_andLastTheLast()
    {
        var store = new BlobCheckpoints(await Containers.NewAsync(azurite));
        Assert.Null(await store.LastAsync("contoso", default));
        for (var number = 1; number <= 40; number++)
        {
            await store.AppendAsync(Make(number), default);
        }
        await store.AppendAsync(Make(1, "contoso-2"), default);

        Assert.Equal(40, (await store.LastAsync("contoso", default))!.Number);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), (await ListAsync(store)).Select(checkpoint => checkpoint.Number));
        Assert.Equal(Make(40).Hash, (await store.LastAsync("contoso", default))!.Hash);
    }

    [Fact]
    public async Task Append_ofOneNumberByManyAtOnce_keepsOne()
    {
        var store = new BlobCheckpoints(await Containers.NewAsync(azurite));

        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await store.AppendAsync(Make(1, second: i), default);
                return i;
            }
            catch (InvalidOperationException)
            {
                return -1;
            }
        }));

        var winner = Assert.Single(tries, i => i >= 0);
        Assert.Equal(Make(1, second: winner).Hash, Assert.Single(await ListAsync(store)).Hash);
    }

    [Fact]
    public async Task Append_repeated_isDone()
    {
        var store = new BlobCheckpoints(await Containers.NewAsync(azurite));
        await store.AppendAsync(Make(1), default);
        await store.AppendAsync(Make(1), default);
        Assert.Single(await ListAsync(store));
    }

    [Fact]
    public async Task Read_leavesAGap_whereOneIsMissingOrDamaged()
    {
        var container = await Containers.NewAsync(azurite);
        var store = new BlobCheckpoints(container);
        for (var number = 1; number <= 4; number++)
        {
            await store.AppendAsync(Make(number), default);
        }
        await container.DeleteBlobAsync($"contoso/{long.MaxValue - 2:D19}.json");
        await container.GetBlobClient($"contoso/{long.MaxValue - 3:D19}.json").UploadAsync(BinaryData.FromString("{"), overwrite: true);

        Assert.Equal([1L, 4L], (await ListAsync(store)).Select(checkpoint => checkpoint.Number));
    }

    private static async Task<List<Checkpoint>> ListAsync(BlobCheckpoints store)
    {
        var all = new List<Checkpoint>();
        await foreach (var checkpoint in store.ReadAsync("contoso", default))
        {
            all.Add(checkpoint);
        }
        return all;
    }

    private static Checkpoint Make(long number, string tenant = "contoso", int second = 0) => new()
    {
        Number = number,
        Tenant = tenant,
        At = new DateTimeOffset(2026, 3, 2, 9, 0, second, TimeSpan.Zero),
        FromPosition = number - 1,
        ToPosition = number,
        Chains = 1,
        Root = new string('a', 64),
        PreviousHash = new string('0', 64),
        KeyId = "k",
        Signature = [1, 2, 3],
        Leaves = [new CheckpointLeaf("r1", number, new string('b', 64))],
    };
}
