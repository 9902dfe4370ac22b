using System.Collections.Immutable;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>
/// A signed statement of where every chain stood that grew since the checkpoint before. It links to that one, so each covers all
/// that came earlier, and taking one costs what is new. Kept apart from the trail.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>From 1, without gaps, within the tenant.</summary>
    public required long Number { get; init; }

    public required string Tenant { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Exclusive: <see cref="ToPosition"/> of the checkpoint before; 0 for the first.</summary>
    public required long FromPosition { get; init; }

    /// <summary>Inclusive.</summary>
    public required long ToPosition { get; init; }

    /// <summary>Number of <see cref="Leaves"/>.</summary>
    public required int Chains { get; init; }

    /// <summary>Lower-case hex: the Merkle root over <see cref="Leaves"/>.</summary>
    public required string Root { get; init; }

    /// <summary><see cref="Hash"/> of the checkpoint before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Names the key of <see cref="Signature"/>.</summary>
    public required string KeyId { get; init; }

    /// <summary>ECDSA P-256 with SHA-256 over <see cref="Signed"/>, IEEE P1363 form.</summary>
    public ImmutableArray<byte> Signature { get; init; } = [];

    /// <summary>Ordered by the UTF-16 units of the chain's name. They let verification say which entry does not hold.</summary>
    public required ImmutableArray<CheckpointLeaf> Leaves { get; init; }

    /// <summary>Lower-case hex SHA-256 of <see cref="Signed"/>.</summary>
    public string Hash => AuditChain.HashOf(Signed());

    /// <summary>The canonical JSON of every member but signature and leaves; the root stands for the leaves.</summary>
    public byte[] Signed()
    {
        using var output = PooledOutput.Rent();
        CheckpointJson.WriteSigned(output, this);
        return output.Written.ToArray();
    }

    /// <summary>Lower-case hex Merkle root over leaves in their order.</summary>
    public static string RootOf(ImmutableArray<CheckpointLeaf> leaves)
    {
        var hashes = new byte[leaves.Length][];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = leaves[i].LeafHash();
        }

        return Convert.ToHexStringLower(MerkleTree.Root(hashes));
    }
}
