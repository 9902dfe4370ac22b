using System.Security.Cryptography;
using System.Text;
using Approvals.Conformance;
using Approvals.Standalone.Commands;
using Approvals.Standalone.Sqlite;
using Approvals.Standalone.Tests.Engine;

namespace Approvals.Standalone.Tests.Commands;

/// <summary>The verbs, beside a service that has the directory, and alone.</summary>
public sealed class VerbTests
{
    [Fact]
    public async Task NoVerb_isToServe()
    {
        Assert.Null(await Verbs.TryRunAsync([], TextWriter.Null, TextWriter.Null));
        Assert.Null(await Verbs.TryRunAsync(["--Approvals:Url=http://localhost:1"], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public async Task Verify_besideTheService_saysWhatHolds()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));

        Assert.Equal((0, "contoso: valid, 3 entries\nfabrikam: valid, 0 entries\n"), await RunAsync(storage, "verify"));
        Assert.Equal((0, "contoso: valid, 3 entries\n"), await RunAsync(storage, "verify", "--tenant", "contoso"));
        Assert.Equal(2, (await RunAsync(storage, "verify", "--tenant", "nobody")).Code);
    }

    [Fact]
    public async Task Verify_changedEntry_exitsWithOne()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        await storage.On.Writer.RunAsync(
            ledger =>
            {
                ledger.Connection.Execute("UPDATE audit SET canonical = replace(canonical, 'rita', 'rats') WHERE sequence = 2");
                return true;
            },
            default);

        var (code, said) = await RunAsync(storage, "verify");
        Assert.Equal(1, code);
        Assert.Contains("INVALID at r1, entry 2", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing/folder/copy.db", "There is no folder ")]
    [InlineData(".", "exists already.")]
    public async Task Backup_toWhereNoneCanBe_isOneSentence(string to, string said)
    {
        await using var storage = await Storage.OpenAsync();
        using var error = new StringWriter();
        var code = await Verbs.TryRunAsync(
            ["backup", "--to", Path.Combine(storage.Directory.Path, to), $"--Approvals:DataDirectory={storage.Directory.Path}"], TextWriter.Null, error);

        Assert.Equal(2, code);
        Assert.Contains(said, Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(Path.Combine(storage.Directory.Path, "missing")));
    }

    [Fact]
    public async Task Backup_besideTheService_isWhole()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.StartAsync(Office.Request("r1", storage.Now));
        var file = Path.Combine(storage.Directory.Path, "copy.db");

        Assert.Equal(0, (await RunAsync(storage, "backup", "--to", file)).Code);
        Assert.Equal(2, (await RunAsync(storage, "backup", "--to", file)).Code);
        await storage.StartAsync(Office.Request("r2", storage.Now));
        using var copy = Connection.OpenReader(file);
        Assert.Equal(1, copy.Number("SELECT count(*) FROM request"));
        Assert.Equal(3, copy.Number("SELECT count(*) FROM audit"));
    }

    [Fact]
    public async Task Token_besideTheService_isTakenOverWhenUsed()
    {
        await using var storage = await Storage.OpenAsync();
        var (code, text) = await RunAsync(storage, "token", "create", "--tenant", "contoso", "--person", "ana", "--expires", "90d");

        Assert.Equal(0, code);
        Assert.StartsWith("apt_", text, StringComparison.Ordinal);
        var token = await storage.On.Tokens.FindAsync(Hash(text.Trim()), default);
        Assert.Equal(("ana", "contoso"), (token!.Person, token.Tenant));
        Assert.InRange(token.ExpiresAt!.Value - token.CreatedAt, TimeSpan.FromDays(89), TimeSpan.FromDays(91));
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(storage.Directory.Path, "tokens")));
        Assert.Single(await storage.On.Tokens.ListAsync("contoso", default));

        Assert.Equal(2, (await RunAsync(storage, "token", "create", "--tenant", "contoso", "--person", "nobody")).Code);
        Assert.Equal(2, (await RunAsync(storage, "token", "create", "--tenant", "contoso", "--person", "ana", "--expires", "soon")).Code);
    }

    [Fact]
    public async Task Token_alone_isWrittenAtOnce()
    {
        await using var storage = await Storage.OpenAsync();
        await storage.ReopenAsync();
        // The host also brings its own demo people along.
        var (code, text) = await RunAsync(storage, "token", "create", "--tenant", "contoso", "--person", "rita");

        Assert.Equal(0, code);
        Assert.Equal("rita", (await storage.On.Tokens.FindAsync(Hash(text.Trim()), default))!.Person);
    }

    [Fact]
    public async Task Reading_nothingThere_makesNothing()
    {
        await using var storage = new Storage();
        Assert.Equal(2, (await RunAsync(storage, "verify")).Code);
        Assert.Equal(2, (await RunAsync(storage, "backup", "--to", "nowhere.db")).Code);
        Assert.Equal(2, (await RunAsync(storage, "vault", "read", "--tenant", "contoso", "--name", "x")).Code);
        Assert.Empty(System.IO.Directory.GetFileSystemEntries(storage.Directory.Path));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<(int Code, string Said)> RunAsync(Storage storage, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await Verbs.TryRunAsync([.. args, $"--Approvals:DataDirectory={storage.Directory.Path}"], output, TextWriter.Null);
        return (code!.Value, output.ToString());
    }
}
