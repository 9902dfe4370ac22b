using System.Security.Cryptography;
using Approvals.Links;
using Approvals.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Approvals.Shared.Tests.Links;

public sealed class LinkTokensTests
{
    private static readonly byte[] Old = SHA256.HashData("old"u8);
    private static readonly byte[] New = SHA256.HashData("new"u8);

    private static readonly ApproveLink Link = new()
    {
        Tenant = "contoso",
        RequestId = "r1",
        Level = 2,
        Snapshot = 3,
        Approver = "ana ñ",
        ExpiresAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        Nonce = [.. Enumerable.Range(0, ApproveLink.NonceSize).Select(i => (byte)i)],
    };

    [Fact]
    public void A_link_reads_back_with_any_of_the_keys()
    {
        var token = new LinkTokens(new FixedKeys(Old)).Write(Link);
        Assert.True(new LinkTokens(new FixedKeys(New, Old)).TryRead(token, out var read));
        Assert.Equal(Link.Nonce.ToArray(), read.Nonce.ToArray());
        Assert.Equal(Link, read with { Nonce = Link.Nonce });
        Assert.False(new LinkTokens(new FixedKeys(New)).TryRead(token, out _));
        Assert.Matches("^[A-Za-z0-9_-]+$", token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void Anything_else_is_refused(string? token) => Assert.False(new LinkTokens(new FixedKeys(New)).TryRead(token, out _));

    [Fact]
    public void No_other_text_is_the_link()
    {
        var tokens = new LinkTokens(new FixedKeys(New));
        var token = tokens.Write(Link);
        Assert.False(tokens.TryRead(token + "A", out _));
        Assert.False(tokens.TryRead(token + "=", out _));
        Assert.False(tokens.TryRead(" " + token, out _));
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var changes = from at in Gen.Choose(0, token.Length - 1) from letter in Gen.Elements(alphabet.ToCharArray()) select (at, letter);
        Prop.ForAll(changes.ToArbitrary(), change =>
        {
            var changed = token[..change.at] + change.letter + token[(change.at + 1)..];
            return changed == token || !tokens.TryRead(changed, out _);
        }).QuickCheckThrowOnFailure();
    }
}
