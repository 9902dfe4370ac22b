using System.Runtime.InteropServices;

namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>
/// The segment that is being filled: keys and offsets in memory, in order of arrival. One thread adds; others read what was published,
/// which never changes any more.
/// </summary>
internal sealed class PostingSegment(long number)
{
    public const int Bits = 12;

    /// <summary>Positions in one segment.</summary>
    public const int Size = 1 << Bits;

    private UInt128[] keys = new UInt128[256];
    private ushort[] offsets = new ushort[256];

    public long Number { get; } = number;

    public int Count { get; private set; }

    public static long Of(long position) => position >> Bits;

    /// <summary>The lowest position of a segment.</summary>
    public static long First(long segment) => segment << Bits;

    public void Add(int offset, UInt128 key)
    {
        if (Count == keys.Length)
        {
            Array.Resize(ref keys, Count * 2);
            Array.Resize(ref offsets, Count * 2);
        }

        keys[Count] = key;
        offsets[Count] = (ushort)offset;
        Count++;
    }

    /// <summary>Forgets what came after.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>What stands here now, for other threads.</summary>
    public View Publish() => new(Number, keys, offsets, Count);

    /// <summary>Writes the whole segment, in the order of its rows' keys.</summary>
    public void Write(Connection connection, int family)
    {
        var sorted = new (UInt128 Key, ushort Offset)[Count];
        for (var i = 0; i < Count; i++)
        {
            sorted[i] = (keys[i], offsets[i]);
        }

        Array.Sort(sorted);
        Span<ushort> run = stackalloc ushort[Size];
        for (var i = 0; i < sorted.Length;)
        {
            var key = sorted[i].Key;
            var length = 0;
            for (; i < sorted.Length && sorted[i].Key == key; i++)
            {
                if (length == 0 || run[length - 1] != sorted[i].Offset)
                {
                    run[length++] = sorted[i].Offset;
                }
            }

            PostingTable.Insert(connection, family, Number, key, run[..length]);
        }
    }

    /// <summary>A published state of the segment. Arrays only ever gain elements beyond <paramref name="count"/>.</summary>
    internal sealed class View(long number, UInt128[] keys, ushort[] offsets, int count)
    {
        public long Number { get; } = number;

        public int Count => count;

        /// <summary>Adds the offsets of a key, ascending and each once.</summary>
        public void Read(UInt128 key, List<ushort> into)
        {
            for (var i = 0; i < count; i++)
            {
                if (keys[i] == key)
                {
                    into.Add(offsets[i]);
                }
            }

            var found = CollectionsMarshal.AsSpan(into);
            found.Sort();
            var kept = 0;
            for (var i = 0; i < found.Length; i++)
            {
                if (kept == 0 || found[kept - 1] != found[i])
                {
                    found[kept++] = found[i];
                }
            }

            CollectionsMarshal.SetCount(into, kept);
        }
    }
}
