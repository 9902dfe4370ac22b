using System.Buffers;
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

    /// <summary>Pieces of some 40 KB: large arrays would have the whole heap collected each time that a few have come and gone.</summary>
    private const int PieceSize = 2048;

    private readonly List<Piece> pieces = [];

    public long Number { get; } = number;

    public int Count { get; private set; }

    public static long Of(long position) => position >> Bits;

    /// <summary>The lowest position of a segment.</summary>
    public static long First(long segment) => segment << Bits;

    public void Add(int offset, UInt128 key)
    {
        if (Count == pieces.Count * PieceSize)
        {
            pieces.Add(new Piece());
        }

        var piece = pieces[Count / PieceSize];
        piece.Keys[Count % PieceSize] = key;
        piece.Offsets[Count % PieceSize] = (ushort)offset;
        Count++;
    }

    /// <summary>Forgets what came after.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>What stands here now, for other threads.</summary>
    public View Publish() => new(Number, [.. pieces], Count);

    /// <summary>Writes the whole segment, in the order of its rows' keys.</summary>
    public void Write(Connection connection, int family)
    {
        var rented = ArrayPool<(UInt128 Key, ushort Offset)>.Shared.Rent(Count);
        var sorted = rented.AsSpan(0, Count);
        for (var i = 0; i < Count; i++)
        {
            sorted[i] = (pieces[i / PieceSize].Keys[i % PieceSize], pieces[i / PieceSize].Offsets[i % PieceSize]);
        }

        sorted.Sort();
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

        ArrayPool<(UInt128 Key, ushort Offset)>.Shared.Return(rented);
    }

    /// <summary>A published state of the segment. Pieces only ever gain elements beyond <paramref name="count"/>.</summary>
    internal sealed class View(long number, Piece[] pieces, int count)
    {
        public long Number { get; } = number;

        public int Count => count;

        /// <summary>Adds the offsets of a key, ascending and each once.</summary>
        public void Read(UInt128 key, List<ushort> into)
        {
            for (var first = 0; first < count; first += PieceSize)
            {
                var piece = pieces[first / PieceSize];
                for (var i = 0; i < Math.Min(PieceSize, count - first); i++)
                {
                    if (piece.Keys[i] == key)
                    {
                        into.Add(piece.Offsets[i]);
                    }
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

    internal sealed class Piece
    {
        public readonly UInt128[] Keys = new UInt128[PieceSize];
        public readonly ushort[] Offsets = new ushort[PieceSize];
    }
}
