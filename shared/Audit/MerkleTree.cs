using System.Numerics;
using System.Security.Cryptography;

namespace Approvals.Audit;

/// <summary>
/// The Merkle tree hash of RFC 6962 §2.1: leaves and nodes are hashed with different first bytes, so neither can pass for the other.
/// </summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int Size = SHA256.HashSizeInBytes;

    /// <summary>SHA-256 over the leaf's bytes behind the leaf prefix.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([LeafPrefix]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    /// <summary>The root over leaf hashes in their order; of no leaves, the hash of nothing.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.IsEmpty)
        {
            return SHA256.HashData([]);
        }

        var root = new byte[Size];
        Root(leaves, root);
        return root;
    }

    private static void Root(ReadOnlySpan<byte[]> leaves, Span<byte> root)
    {
        if (leaves.Length == 1)
        {
            leaves[0].CopyTo(root);
            return;
        }

        // RFC 6962: the left side has the largest power of two that is less than the count; so the depth is at most 31.
        var left = (int)BitOperations.RoundUpToPowerOf2((uint)leaves.Length) / 2;
        Span<byte> node = stackalloc byte[1 + (2 * Size)];
        node[0] = NodePrefix;
        Root(leaves[..left], node.Slice(1, Size));
        Root(leaves[left..], node.Slice(1 + Size, Size));
        SHA256.HashData(node, root);
    }
}
