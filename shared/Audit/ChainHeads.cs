using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Audit;

/// <summary>
/// Where every chain stands while a trail is read. About 90 bytes a chain and no objects, so that a million requests fit: names are
/// kept as the first 128 bits of their SHA-256.
/// </summary>
internal sealed class ChainHeads
{
    private readonly Dictionary<UInt128, Packed> _heads = [];

    [InlineArray(SHA256.HashSizeInBytes)]
    private struct HashBytes
    {
        private byte _first;
    }

    private readonly record struct Packed(long Sequence, HashBytes Hash);

    public ChainHead this[string chain]
    {
        get
        {
            if (!_heads.TryGetValue(Key(chain), out var packed))
            {
                return ChainHead.Empty;
            }

            var hash = packed.Hash;
            return new ChainHead(packed.Sequence, Convert.ToHexStringLower(hash));
        }

        set
        {
            HashBytes hash = default;
            Convert.FromHexString(value.Hash, hash, out _, out _);
            _heads[Key(chain)] = new Packed(value.Sequence, hash);
        }
    }

    private static UInt128 Key(string chain)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(chain.Length);
        var name = length <= 512 ? stackalloc byte[512] : new byte[length];
        SHA256.HashData(name[..Encoding.UTF8.GetBytes(chain, name)], digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
