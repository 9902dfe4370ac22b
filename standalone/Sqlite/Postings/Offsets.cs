namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>
/// Sets of offsets within a segment as a column: a byte that tells the form, then ascending differences in 7-bit groups, or a bitmap where
/// that is smaller.
/// </summary>
internal static class Offsets
{
    private const byte Differences = 0;
    private const byte Bitmap = 1;
    private const int BitmapBytes = PostingSegment.Size / 8;

    /// <summary>No set takes more.</summary>
    public const int Longest = 1 + BitmapBytes;

    /// <param name="ascending">Each once.</param>
    public static int Write(ReadOnlySpan<ushort> ascending, Span<byte> column)
    {
        column[0] = Differences;
        var at = 1;
        var last = 0;
        foreach (var offset in ascending)
        {
            var difference = offset - last;
            last = offset;
            if (at + 2 > column.Length)
            {
                return WriteBitmap(ascending, column);
            }

            if (difference >= 0x80)
            {
                column[at++] = (byte)(0x80 | (difference & 0x7f));
                difference >>= 7;
            }

            column[at++] = (byte)difference;
        }

        return at;
    }

    public static void Read(ReadOnlySpan<byte> column, List<ushort> into)
    {
        if (column[0] == Bitmap)
        {
            ReadBitmap(column[1..], into);
            return;
        }

        var last = 0;
        for (var at = 1; at < column.Length; at++)
        {
            var difference = column[at] & 0x7f;
            if (column[at] >= 0x80)
            {
                difference |= column[++at] << 7;
            }

            last += difference;
            into.Add((ushort)last);
        }
    }

    private static int WriteBitmap(ReadOnlySpan<ushort> ascending, Span<byte> column)
    {
        column = column[..Longest];
        column.Clear();
        column[0] = Bitmap;
        foreach (var offset in ascending)
        {
            column[1 + (offset >> 3)] |= (byte)(1 << (offset & 7));
        }

        return Longest;
    }

    private static void ReadBitmap(ReadOnlySpan<byte> bits, List<ushort> into)
    {
        for (var offset = 0; offset < bits.Length * 8; offset++)
        {
            if ((bits[offset >> 3] & (1 << (offset & 7))) != 0)
            {
                into.Add((ushort)offset);
            }
        }
    }
}
