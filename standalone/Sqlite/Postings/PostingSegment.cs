using System.Buffers;

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

    private readonly List<PostingPiece> pieces = [];

    public long Number { get; } = number;

    public int Count { get; private set; }

    public static long Of(long position) => position >> Bits;

    /// <summary>The lowest position of a segment.</summary>
    public static long First(long segment) => segment << Bits;

    public void Add(int offset, UInt128 key)
    {
        if (Count == pieces.Count * PostingPiece.Size)
        {
            pieces.Add(new PostingPiece());
        }

        var piece = pieces[Count / PostingPiece.Size];
        piece.Keys[Count % PostingPiece.Size] = key;
        piece.Offsets[Count % PostingPiece.Size] = (ushort)offset;
        Count++;
    }

    /// <summary>Forgets what came after.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>What stands here now, for other threads.</summary>
    public PostingView Publish() => new(Number, [.. pieces], Count);

    /// <summary>Writes the whole segment, in the order of its rows' keys.</summary>
    public void Write(Connection connection, int family)
    {
        var rentedKeys = ArrayPool<UInt128>.Shared.Rent(Count);
        var rentedOffsets = ArrayPool<ushort>.Shared.Rent(Count);
        var keys = rentedKeys.AsSpan(0, Count);
        var offsets = rentedOffsets.AsSpan(0, Count);
        for (var first = 0; first < Count; first += PostingPiece.Size)
        {
            var (piece, length) = (pieces[first / PostingPiece.Size], Math.Min(PostingPiece.Size, Count - first));
            piece.Keys.AsSpan(0, length).CopyTo(keys[first..]);
            piece.Offsets.AsSpan(0, length).CopyTo(offsets[first..]);
        }

        keys.Sort(offsets);
        for (var first = 0; first < Count;)
        {
            var next = first + 1;
            while (next < Count && keys[next] == keys[first])
            {
                next++;
            }

            PostingTable.Insert(connection, family, Number, keys[first], PostingView.Ascending(offsets[first..next]));
            first = next;
        }

        ArrayPool<UInt128>.Shared.Return(rentedKeys);
        ArrayPool<ushort>.Shared.Return(rentedOffsets);
    }
}
