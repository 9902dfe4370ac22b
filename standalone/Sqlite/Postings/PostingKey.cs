using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>What an attribute is of; a value of one kind never meets the same value of another.</summary>
internal enum PostingKind : byte
{
    Tenant,
    Actor,
    ActorType,
    Action,
    Subject,
    Requester,
    RequestType,
    Involved,
    BusinessKey,
    StrayReceipt,
    Response,
}

/// <summary>
/// Keys of attributes: 128 bits of SHA-256 over kind, tenant and value. Nobody can make two that collide, so a key stands for its value and
/// nothing is checked again.
/// </summary>
internal static class PostingKey
{
    private const int OnStack = 512;

    public static UInt128 Of(PostingKind kind, long tenant, params ReadOnlySpan<string> parts)
    {
        var length = 9;
        foreach (var part in parts)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        var buffer = length <= OnStack ? stackalloc byte[length] : new byte[length];
        buffer[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(buffer[1..], tenant);
        var at = 9;
        foreach (var part in parts)
        {
            var written = Encoding.UTF8.GetBytes(part, buffer[(at + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(buffer[at..], written);
            at += sizeof(int) + written;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
