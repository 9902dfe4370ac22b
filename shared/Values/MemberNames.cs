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
        utf8.Length <= LongestPooled && Ascii.IsValid(utf8) ? Find(utf8, null) : Encoding.UTF8.GetString(utf8);

    private static string Find(ReadOnlySpan<byte> ascii, string? name)
    {
        var hash = Hash(ascii);
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
            if (pooled.Length == ascii.Length && Ascii.Equals(ascii, pooled))
            {
                return pooled;
            }
        }
        name ??= Encoding.ASCII.GetString(ascii);
        Volatile.Write(ref set[victim], name);
        return name;
    }

    /// <summary>FNV-1a. Chosen collisions only cost the pooling: a set has four places.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }
        return hash ^ (hash >> 15);
    }
}
