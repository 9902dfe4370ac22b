using Approvals.Functions.Tests.Azurite;
using Approvals.Functions.Vault;
using Approvals.Hosting.Secrets;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Functions.Tests.Vault;

[Collection(AzuriteFixture.Collection)]
public sealed class BlobVaultTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Keys_areMadeOnce_andKept()
    {
        var keys = new BlobKeys(await Containers.NewAsync(azurite));
        SharedKeys Worker() => new(keys, new ManualTime(), NullLogger<SharedKeys>.Instance);

        var first = Worker().For("links").Single().ToArray();

        Assert.Equal(first, Worker().For("links").Single().ToArray());
        Assert.NotEqual(first, Worker().For("grants").Single().ToArray());
    }

    [Fact]
    public async Task Vault_keepsTheFirstOfAName_encrypted()
    {
        var container = await Containers.NewAsync(azurite);
        var keys = new FixedKeys(new byte[32]);
        var vault = new BlobVault(container, keys);

        Assert.True(await vault.StoreAsync("contoso", "approval-1", "s3cret ü", default));
        Assert.False(await vault.StoreAsync("contoso", "approval-1", "another", default));
        Assert.True(await vault.StoreAsync("fabrikam", "approval-1", "theirs", default));

        var name = SecretBox.FileName("contoso", "approval-1");
        var bytes = (await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToArray();
        Assert.Equal("s3cret ü", new SecretBox(keys).Open("contoso", "approval-1", bytes));

        await vault.RemoveAsync("contoso", "approval-1", default);
        await vault.RemoveAsync("contoso", "approval-1", default);
        Assert.False((await container.GetBlobClient(name).ExistsAsync()).Value);
    }
}
