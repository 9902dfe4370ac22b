using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Approvals.Values;

/// <summary>
/// A bounded pool of member names shared by the JSON parser and compiled conditions, so that a lookup usually succeeds on
/// reference equality and parsing allocates no names. Only an economy: a name that lost its place is equal all the same.
/// </summary>
internal static class MemberNames
{
    private const int Sets = 1024;
    private const int Ways = 4;
    private const int LongestPooled = 40;

    /// <summary>References are read and written whole and strings are immutable, so races cost a duplicate at most.</summary>
    private static readonly string?[] Pool = new string?[Sets * Ways];

    /// <summary>The pooled instance of a name.</summary>
    public static string Intern(string name)
    {
        if (name.Length > LongestPooled || !Ascii.IsValid(name))
        {
            return name;
        }
        Span<byte> utf8 = stackalloc byte[LongestPooled];
        Ascii.FromUtf16(name, utf8, out var written);
        return Find(utf8[..written], name);
    }

    /// <summary>The pooled name with these (unescaped) UTF-8 bytes.</summary>
    public static string Intern(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= LongestPooled ? Find(utf8, null) : Encoding.UTF8.GetString(utf8);

    private static string Find(ReadOnlySpan<byte> utf8, string? name)
    {
        var hash = Hash(utf8);
        var set = Pool.AsSpan((int)(hash % Sets) * Ways, Ways);
        var victim = (int)(hash / Sets % Ways);
        for (var way = 0; way < Ways; way++)
        {
            var pooled = set[way];
            if (pooled is null)
            {
                victim = way;
                break;
            }
            if (pooled.Length == utf8.Length && Ascii.Equals(utf8, pooled))
            {
                return pooled;
            }
        }
        if (!Ascii.IsValid(utf8))
        {
            return Encoding.UTF8.GetString(utf8);
        }
        name ??= Encoding.ASCII.GetString(utf8);
        Volatile.Write(ref set[victim], name);
        return name;
    }

    /// <summary>Both ends and the length. Chosen collisions only cost the pooling: a set has four places.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong ends = bytes.Length switch
        {
            >= 8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]), 31),
            >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) << 32),
            > 0 => bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16),
            _ => 0UL,
        };
        return (uint)(((ends + (ulong)bytes.Length) * 0x9E3779B97F4A7C15) >> 32);
    }
}
