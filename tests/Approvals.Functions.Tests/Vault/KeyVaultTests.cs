using Approvals.Audit;
using Approvals.Functions.Vault;
using Approvals.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Approvals.Functions.Tests.Vault;

public sealed class KeyVaultTests
{
    private const string Name = "approvals-key-links";
    private readonly ManualTime _time = new();
    private readonly FakeKeyVault _vault;

    public KeyVaultTests() => _vault = new FakeKeyVault(_time);

    [Fact]
    public void Keys_areMadeOnce_andAreTheSameInEveryWorker()
    {
        var first = Worker().For("links").Single().ToArray();

        Assert.Equal(32, first.Length);
        Assert.Equal(first, Worker().For("links").Single().ToArray());
        Assert.NotEqual(first, Worker().For("grants").Single().ToArray());
    }

    [Fact]
    public void Keys_areRemembered_forAWhile()
    {
        var worker = Worker();
        worker.For("links");
        var calls = _vault.Calls;
        worker.For("links");
        Assert.Equal(calls, _vault.Calls);
        _time.Advance(SharedKeys.Remembered);
        worker.For("links");
        Assert.True(_vault.Calls > calls);
    }

    [Fact]
    public void Keys_rotate_andANewOneSignsOnlyOnceEveryWorkerKnowsIt()
    {
        var worker = Worker();
        var old = worker.For("links").Single().ToArray();
        _time.Advance(TimeSpan.FromDays(90));
        var added = new byte[32];
        added[0] = 1;
        _vault.Add(Name, Convert.ToBase64String(added));
        _time.Advance(SharedKeys.Remembered);

        Assert.Equal([old, added], worker.For("links").Select(key => key.ToArray()));
        _time.Advance(SharedKeys.Remembered);
        Assert.Equal([added, old], worker.For("links").Select(key => key.ToArray()));

        _vault.Disable(Name, 0);
        _time.Advance(SharedKeys.Remembered);
        Assert.Equal([added], worker.For("links").Select(key => key.ToArray()));
    }

    [Fact]
    public void Keys_madeByTwoWorkersAtOnce_signWithTheSame()
    {
        var now = _time.GetUtcNow();
        KeyVersion[] both = [new(now, new byte[] { 1 }), new(now.AddSeconds(1), new byte[] { 2 })];

        Assert.Equal(1, SharedKeys.Order(both, now.AddSeconds(2))[0].Span[0]);
        Assert.Equal(2, SharedKeys.Order(both, now.AddSeconds(2)).Count);
        Assert.Equal(2, SharedKeys.Order(both, now.AddHours(1))[0].Span[0]);
    }

    [Fact]
    public void Keys_withoutKeyVault_stayAsTheyWereRead()
    {
        var worker = Worker();
        var key = worker.For("links").Single().ToArray();
        _vault.IsDown = true;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(key, worker.For("links").Single().ToArray());
        Assert.ThrowsAny<Exception>(() => Worker().For("links"));
    }

    [Fact]
    public void Signer_verifiesWhatAWorkerWithANewerKeySigned()
    {
        using var old = new EcdsaCheckpointSigner(Worker());
        _time.Advance(TimeSpan.FromDays(90));
        _vault.Add("approvals-key-checkpoint", Convert.ToBase64String(new byte[32]));
        _time.Advance(SharedKeys.Known);
        using var newer = new EcdsaCheckpointSigner(Worker());

        Assert.NotEqual(old.KeyId, newer.KeyId);
        Assert.True(old.Verify(newer.KeyId, [1, 2, 3], newer.Sign([1, 2, 3])));
        Assert.True(newer.Verify(old.KeyId, [1, 2, 3], old.Sign([1, 2, 3])));
        Assert.False(old.Verify("unknown", [1, 2, 3], newer.Sign([1, 2, 3])));
    }

    [Fact]
    public async Task Vault_keepsTheFirstOfAName()
    {
        var vault = new KeyVaultSecrets(_vault.Client());

        Assert.True(await vault.StoreAsync("contoso", "approval-1", "s3cret", default));
        Assert.False(await vault.StoreAsync("contoso", "approval-1", "another", default));
        Assert.Equal("s3cret", _vault.Current("approval-1"));
    }

    [Fact]
    public async Task Vault_removed_canBeStoredAgain()
    {
        var vault = new KeyVaultSecrets(_vault.Client());
        await vault.RemoveAsync("contoso", "approval-1", default);
        await vault.StoreAsync("contoso", "approval-1", "first", default);
        await vault.RemoveAsync("contoso", "approval-1", default);
        Assert.Empty(_vault.Names);

        Assert.True(await vault.StoreAsync("contoso", "approval-1", "second", default));
        Assert.Equal("second", _vault.Current("approval-1"));
    }

    /// <summary>Each remembers for itself.</summary>
    private SharedKeys Worker() => new(new KeyVaultKeys(_vault.Client()), _time, NullLogger<SharedKeys>.Instance);
}
