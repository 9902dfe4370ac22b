namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>Goes through the positions that have every one of some attributes.</summary>
/// <param name="open">Taken before the connection's first statement: what was full by then is in the table.</param>
/// <param name="keys">At least one, the rarest first.</param>
internal sealed class PostingWalk(Connection connection, int family, PostingSegment.View open, UInt128[] keys)
{
    private readonly List<ushort> found = [];
    private readonly List<ushort> other = [];

    /// <summary>Positions below <paramref name="before"/>, highest first.</summary>
    /// <param name="segments">Only these, descending; null: any.</param>
    public IEnumerable<long> Down(long before, IEnumerable<long>? segments = null)
    {
        foreach (var segment in segments ?? All(descending: true))
        {
            if (segment > PostingSegment.Of(before))
            {
                continue;
            }

            Fill(segment);
            for (var i = found.Count - 1; i >= 0; i--)
            {
                var position = (segment << PostingSegment.Bits) | found[i];
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
        foreach (var segment in segments ?? All(descending: false))
        {
            if (segment < PostingSegment.Of(after))
            {
                continue;
            }

            Fill(segment);
            for (var i = 0; i < found.Count; i++)
            {
                var position = (segment << PostingSegment.Bits) | found[i];
                if (position > after)
                {
                    yield return position;
                }
            }
        }
    }

    private IEnumerable<long> All(bool descending)
    {
        for (long i = 0; i <= open.Number; i++)
        {
            yield return descending ? open.Number - i : i;
        }
    }

    private void Fill(long segment)
    {
        found.Clear();
        Read(segment, keys[0], found);
        for (var i = 1; i < keys.Length && found.Count > 0; i++)
        {
            other.Clear();
            Read(segment, keys[i], other);
            Intersect();
        }
    }

    private void Read(long segment, UInt128 key, List<ushort> into)
    {
        if (segment == open.Number)
        {
            open.Read(key, into);
        }
        else
        {
            PostingTable.Read(connection, family, segment, key, into);
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
