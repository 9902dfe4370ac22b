using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Tests.Sqlite;

public sealed class OffsetsTests
{
    public static TheoryData<int, int> Sets => new() { { 0, 1 }, { 1, 1 }, { 1, 4095 }, { 7, 500 }, { 100, 40 }, { 400, 10 }, { 2048, 2 }, { 4096, 1 } };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Read_whatWasWritten(int count, int step)
    {
        var set = Enumerable.Range(0, count).Select(i => (ushort)Math.Min(i * step, 4095)).Distinct().ToArray();
        var column = new byte[Offsets.Longest];
        var length = Offsets.Write(set, column);
        var read = new List<ushort>();
        Offsets.Read(column.AsSpan(0, length), read);

        Assert.Equal(set, read);
        Assert.True(length <= 1 + (2 * set.Length));
    }

    [Fact]
    public void Walk_intersects_inBothDirections()
    {
        SegmentSource evens = (segment, into) => into.AddRange(Enumerable.Range(0, 8).Select(i => (ushort)(i * 2)));
        SegmentSource threes = (segment, into) => into.AddRange(segment == 1 ? [] : Enumerable.Range(0, 5).Select(i => (ushort)(i * 3)));
        var walk = new PostingWalk(2, evens, threes);

        Assert.Equal([8204, 8198, 8192, 12, 6, 0], walk.Down(long.MaxValue));
        Assert.Equal([6, 0], walk.Down(12));
        Assert.Equal([6, 12, 8192, 8198, 8204], walk.Up(0));
        Assert.Equal([8204], walk.Up(8198, [0, 1, 2]));
    }
}
