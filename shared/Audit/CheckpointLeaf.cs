using System.Buffers.Binary;
using System.Text;

namespace Approvals.Audit;

/// <summary>Where one chain stood when a checkpoint was taken.</summary>
/// <param name="Hash">Lower-case hex, of the entry with that sequence.</param>
public sealed record CheckpointLeaf(string Chain, long Sequence, string Hash)
{
    /// <summary>Sequence (8 bytes, big-endian), hash (32 bytes), then the chain's name in UTF-8, which alone has no fixed length.</summary>
    public byte[] LeafHash()
    {
        var data = new byte[8 + 32 + Encoding.UTF8.GetByteCount(Chain)];
        BinaryPrimitives.WriteInt64BigEndian(data, Sequence);
        Convert.FromHexString(Hash, data.AsSpan(8, 32), out _, out _);
        Encoding.UTF8.GetBytes(Chain, data.AsSpan(40));
        return MerkleTree.Leaf(data);
    }
}
