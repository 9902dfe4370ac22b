using System.Security.Cryptography;
using Approvals.Standalone.Checkpoints;
using Approvals.Standalone.Data;
using Approvals.Testing;

namespace Approvals.Standalone.Tests.Data;

public sealed class KeysTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Keys_areMadeOnceAndKept()
    {
        var first = new FileSecretKeys(directory.Path, time).For("links").Single().ToArray();
        Assert.Equal(32, first.Length);
        Assert.Equal(first, new FileSecretKeys(directory.Path, time).For("links").Single().ToArray());
        Assert.NotEqual(first, new FileSecretKeys(directory.Path, time).For("grants").Single().ToArray());
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(Directory("links.1.key"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Fact]
    public void Full_isToldFromOtherFaults()
    {
        Assert.False(DiskFullException.Is(new FileNotFoundException()));
        if (OperatingSystem.IsLinux())
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            Assert.True(DiskFullException.Is(Assert.Throws<IOException>(() => full.Write([1]))));
        }
    }

    [Fact]
    public void Keys_rotate_byAddingAFile()
    {
        var keys = new FileSecretKeys(directory.Path, time);
        var old = keys.For("links").Single().ToArray();
        var added = RandomNumberGenerator.GetBytes(32);
        File.WriteAllBytes(Directory("links.10.key"), added);
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal([added, old], keys.For("links").Select(key => key.ToArray()));
    }

    [Fact]
    public async Task Vault_givesBackOnlyWhatWasStored()
    {
        var keys = new FileSecretKeys(Directory("keys"), time);
        var vault = new FileVault(Directory("vault"), keys);
        Assert.True(await vault.StoreAsync("contoso", "key-1", "s3cret ü", default));
        Assert.False(await vault.StoreAsync("contoso", "key-1", "another", default));

        Assert.Equal("s3cret ü", vault.Read("contoso", "key-1"));
        Assert.Null(vault.Read("fabrikam", "key-1"));
        var file = System.IO.Directory.GetFiles(Directory("vault")).Single();
        Assert.DoesNotContain("s3cret", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        File.WriteAllBytes(Directory("keys/vault.2.key"), RandomNumberGenerator.GetBytes(32));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("s3cret ü", vault.Read("contoso", "key-1"));

        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.ThrowsAny<CryptographicException>(() => vault.Read("contoso", "key-1"));
        await vault.RemoveAsync("contoso", "key-1", default);
        await vault.RemoveAsync("contoso", "key-1", default);
        Assert.Null(vault.Read("contoso", "key-1"));
    }

    [Fact]
    public async Task Checkpoints_cutShortByACrash_goOn()
    {
        var path = Directory("checkpoints.jsonl");
        using (var file = new CheckpointFile(path))
        {
            await file.AppendAsync(Checkpoint("contoso", 1), default);
            await file.AppendAsync(Checkpoint("fabrikam", 1), default);
            await file.AppendAsync(Checkpoint("contoso", 2), default);
        }

        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, whole[..^20]);
        using var again = new CheckpointFile(path);
        Assert.Equal(1, (await again.LastAsync("contoso", default))!.Number);
        await again.AppendAsync(Checkpoint("contoso", 2), default);
        Assert.Equal(whole, await File.ReadAllBytesAsync(path));
        Assert.Equal(2, (await again.LastAsync("contoso", default))!.Number);
        Assert.Equal(1, (await again.LastAsync("fabrikam", default))!.Number);
        Assert.Null(await again.LastAsync("nobody", default));
    }

    private static Audit.Checkpoint Checkpoint(string tenant, long number) => new()
    {
        Number = number,
        Tenant = tenant,
        At = DateTimeOffset.UnixEpoch,
        FromPosition = 0,
        ToPosition = 1,
        Chains = 1,
        Root = new('0', 64),
        PreviousHash = new('0', 64),
        KeyId = "k",
        Signature = [1],
        Leaves = [new("\"],\"number\":", 1, new('0', 64))],
    };

    private string Directory(string name) => Path.Combine(directory.Path, name);
}
