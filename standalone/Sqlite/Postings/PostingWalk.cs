namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>Adds a segment's offsets that have some attribute, ascending and each once.</summary>
internal delegate void SegmentSource(long segment, List<ushort> into);

/// <summary>Goes through the positions that have every one of some attributes.</summary>
/// <param name="lastSegment">Of the open segment.</param>
/// <param name="sources">At least one, the rarest first.</param>
internal sealed class PostingWalk(long lastSegment, params SegmentSource[] sources)
{
    private readonly List<ushort> found = [];
    private readonly List<ushort> other = [];

    /// <summary>Positions with an attribute that the index has.</summary>
    /// <param name="open">Taken before the connection's first statement: what was full by then is in the table.</param>
    public static SegmentSource Having(Connection connection, int family, PostingView open, UInt128 key) => (segment, into) =>
    {
        if (segment == open.Number)
        {
            open.Read(key, into);
        }
        else
        {
            PostingTable.Read(connection, family, segment, key, into);
        }
    };

    /// <summary>Positions below <paramref name="before"/>, highest first.</summary>
    /// <param name="segments">Only these, descending; null: any.</param>
    public IEnumerable<long> Down(long before, IEnumerable<long>? segments = null)
    {
        foreach (var segment in segments ?? All(Math.Min(lastSegment, PostingSegment.Of(before)), -1))
        {
            if (segment > PostingSegment.Of(before))
            {
                continue;
            }

            Fill(segment);
            for (var i = found.Count - 1; i >= 0; i--)
            {
                var position = PostingSegment.First(segment) | found[i];
                if (position < before)
                {
                    yield return position;
                }
            }
        }
    }

    /// <summary>Positions above <paramref name="after"/>, lowest first.</summary>
    /// <param name="segments">Only these, ascending; null: any.</param>
    public IEnumerable<long> Up(long after, IEnumerable<long>? segments = null)
    {
        foreach (var segment in segments ?? All(PostingSegment.Of(after), 1))
        {
            if (segment < PostingSegment.Of(after))
            {
                continue;
            }

            Fill(segment);
            for (var i = 0; i < found.Count; i++)
            {
                var position = PostingSegment.First(segment) | found[i];
                if (position > after)
                {
                    yield return position;
                }
            }
        }
    }

    private IEnumerable<long> All(long from, int step)
    {
        for (var segment = from; segment >= 0 && segment <= lastSegment; segment += step)
        {
            yield return segment;
        }
    }

    private void Fill(long segment)
    {
        found.Clear();
        sources[0](segment, found);
        for (var i = 1; i < sources.Length && found.Count > 0; i++)
        {
            other.Clear();
            sources[i](segment, other);
            Intersect();
        }
    }

    /// <summary>Both ascending.</summary>
    private void Intersect()
    {
        var at = 0;
        found.RemoveAll(offset =>
        {
            while (at < other.Count && other[at] < offset)
            {
                at++;
            }

            return at == other.Count || other[at] != offset;
        });
    }
}
