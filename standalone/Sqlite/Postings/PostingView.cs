using System.Runtime.InteropServices;

namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>What a segment had at some moment: for any thread, it never changes.</summary>
/// <param name="count">Elements of the pieces that it had; they may have more by now.</param>
internal sealed class PostingView(long number, PostingPiece[] pieces, int count)
{
    public long Number { get; } = number;

    public int Count => count;

    /// <summary>Adds the offsets of a key, ascending and each once.</summary>
    public void Read(UInt128 key, List<ushort> into)
    {
        for (var first = 0; first < count; first += PostingPiece.Size)
        {
            var piece = pieces[first / PostingPiece.Size];
            for (var i = 0; i < Math.Min(PostingPiece.Size, count - first); i++)
            {
                if (piece.Keys[i] == key)
                {
                    into.Add(piece.Offsets[i]);
                }
            }
        }

        CollectionsMarshal.SetCount(into, Ascending(CollectionsMarshal.AsSpan(into)).Length);
    }

    /// <summary>The offsets in order, each once.</summary>
    public static Span<ushort> Ascending(Span<ushort> offsets)
    {
        offsets.Sort();
        var kept = 0;
        foreach (var offset in offsets)
        {
            if (kept == 0 || offsets[kept - 1] != offset)
            {
                offsets[kept++] = offset;
            }
        }

        return offsets[..kept];
    }
}
