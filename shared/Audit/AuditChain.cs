using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Approvals.Values;

namespace Approvals.Audit;

/// <summary>Gives drafts their place in a hash chain.</summary>
public static class AuditChain
{
    /// <summary>Name of the chain of a tenant's entries that belong to no request.</summary>
    public const string TenantChain = "tenant";

    /// <summary>The entries that follow <paramref name="head"/>, each linked to the one before. Pure: the same drafts give the same bytes.</summary>
    /// <param name="chain">The request's id, or <see cref="TenantChain"/>.</param>
    public static ImmutableArray<AuditEntry> Append(string chain, ChainHead head, ImmutableArray<AuditDraft> drafts)
    {
        var entries = new AuditEntry[drafts.Length];
        using var output = PooledOutput.Rent();
        for (var i = 0; i < entries.Length; i++)
        {
            var start = output.Written.Length;
            AuditEntryJson.WriteCanonical(output, chain, head.Sequence + 1, head.Hash, drafts[i]);
            var canonical = output.Written[start..].ToArray();
            var entry = new AuditEntry
            {
                Chain = chain,
                Sequence = head.Sequence + 1,
                Draft = drafts[i],
                Canonical = canonical,
                Hash = HashOf(canonical),
                PreviousHash = head.Hash,
            };
            entries[i] = entry;
            head = new ChainHead(entry.Sequence, entry.Hash);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

    /// <summary>Lower-case hex SHA-256 of an entry's canonical bytes.</summary>
    public static string HashOf(ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, hash);
        return Convert.ToHexStringLower(hash);
    }
}
