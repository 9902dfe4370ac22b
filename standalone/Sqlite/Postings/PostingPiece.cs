namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>Some of a segment's keys and offsets, in order of arrival. Elements are only ever added.</summary>
internal sealed class PostingPiece
{
    /// <summary>Of some 40 KB: large arrays would have the whole heap collected each time that a few have come and gone.</summary>
    public const int Size = 2048;

    public readonly UInt128[] Keys = new UInt128[Size];
    public readonly ushort[] Offsets = new ushort[Size];
}
