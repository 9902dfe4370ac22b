using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Approvals.Ports;

namespace Approvals.Links;

/// <summary>
/// Links as text: their members and an HMAC-SHA-256 over them, base64url. Written with the newest key, read with any; what does not
/// hold is not told apart.
/// </summary>
public sealed class LinkTokens(ISecretKeys keys)
{
    /// <summary>Purpose of the secrets.</summary>
    public const string Purpose = "link";

    /// <summary>A token is not longer than this; nothing longer is looked at.</summary>
    public const int MaxLength = 1024;

    private const byte Version = 1;
    private const int MacSize = HMACSHA256.HashSizeInBytes;

    /// <summary>Version, expiry, level, snapshot.</summary>
    private const int FixedSize = 1 + 8 + 4 + 4 + ApproveLink.NonceSize;

    public string Write(ApproveLink link)
    {
        string[] texts = [link.Tenant, link.RequestId, link.Approver];
        var body = new byte[FixedSize + texts.Sum(text => 2 + Encoding.UTF8.GetByteCount(text))];
        body[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(1), link.ExpiresAt.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(9), link.Level);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(13), link.Snapshot);
        link.Nonce.AsSpan().CopyTo(body.AsSpan(17, ApproveLink.NonceSize));
        var rest = body.AsSpan(FixedSize);
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetBytes(text, rest[2..]);
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)length));
            rest = rest[(2 + length)..];
        }

        return Base64Url.EncodeToString([.. body, .. Mac(keys.For(Purpose)[0], body)]);
    }

    /// <summary>False for whatever this service did not write, or can no longer vouch for. Expiry is not looked at.</summary>
    public bool TryRead(string? token, [NotNullWhen(true)] out ApproveLink? link)
    {
        link = null;
        if (token is null or { Length: 0 or > MaxLength } || !Base64Url.IsValid(token))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= FixedSize + MacSize || !Holds(bytes.AsSpan(..^MacSize), bytes.AsSpan(^MacSize..)) || bytes[0] != Version)
        {
            return false;
        }

        // Its own text is the only one: base64 has spare bits, and one link must not have many spellings.
        if (Base64Url.EncodeToString(bytes) != token)
        {
            return false;
        }

        link = Read(bytes.AsSpan(..^MacSize));
        return true;
    }

    /// <summary>What this service signed is well formed.</summary>
    private static ApproveLink Read(ReadOnlySpan<byte> body)
    {
        var rest = body[FixedSize..];
        return new ApproveLink
        {
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(body[1..])),
            Level = BinaryPrimitives.ReadInt32BigEndian(body[9..]),
            Snapshot = BinaryPrimitives.ReadInt32BigEndian(body[13..]),
            Nonce = body.Slice(17, ApproveLink.NonceSize).ToImmutableArray(),
            Tenant = Text(ref rest),
            RequestId = Text(ref rest),
            Approver = Text(ref rest),
        };
    }

    private static string Text(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var text = Encoding.UTF8.GetString(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return text;
    }

    private bool Holds(ReadOnlySpan<byte> body, ReadOnlySpan<byte> mac)
    {
        var holds = false;
        foreach (var key in keys.For(Purpose))
        {
            holds |= CryptographicOperations.FixedTimeEquals(Mac(key, body), mac);
        }

        return holds;
    }

    private static byte[] Mac(ReadOnlyMemory<byte> key, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        hmac.AppendData("approvals.link\n"u8);
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
