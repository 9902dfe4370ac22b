using System.Runtime.InteropServices;

namespace Approvals.Standalone.Sqlite.Postings;

/// <summary>
/// Says which positions have an attribute. Positions come ascending and are cut into segments; the one being filled stays in memory, and
/// is written in one sorted stretch when the next begins. So an attribute costs an append where an index of the database would touch a page,
/// and a query probes one row a segment. The open segment is rebuilt from the rows themselves at start.
/// </summary>
/// <remarks>Adding belongs to the writer's thread. <see cref="Open"/> is for any thread.</remarks>
internal sealed class PostingIndex(int family)
{
    private readonly List<ushort> scratch = [];
    private PostingSegment current = new(0);
    private PostingSegment committed = new(0);
    private volatile PostingView open = new PostingSegment(0).Publish();

    public int Family => family;

    /// <summary>The segment being filled, as the last commit left it. Every earlier one is in the table.</summary>
    public PostingView Open => open;

    /// <summary>Begins with the segment that the next position falls into; the caller then adds what that segment has already.</summary>
    public void Restart(long nextPosition) => current = new PostingSegment(PostingSegment.Of(nextPosition));

    /// <summary>Makes room for a position beyond all that came before.</summary>
    /// <returns>The number of a segment that was completed by it, or null.</returns>
    public long? Advance(Connection connection, long position)
    {
        var segment = PostingSegment.Of(position);
        if (segment == current.Number)
        {
            return null;
        }

        current.Write(connection, family);
        var completed = current.Number;
        current = new PostingSegment(segment);
        return completed;
    }

    /// <summary>Says that a position, this one or an earlier, has an attribute.</summary>
    public void Add(Connection connection, long position, UInt128 key)
    {
        var segment = PostingSegment.Of(position);
        var offset = (int)(position & (PostingSegment.Size - 1));
        if (segment == current.Number)
        {
            current.Add(offset, key);
            return;
        }

        scratch.Clear();
        PostingTable.Read(connection, family, segment, key, scratch);
        var at = scratch.BinarySearch((ushort)offset);
        if (at < 0)
        {
            scratch.Insert(~at, (ushort)offset);
            PostingTable.Insert(connection, family, segment, key, CollectionsMarshal.AsSpan(scratch));
        }
    }

    public void Commit()
    {
        committed = current;
        if (open.Number != current.Number || open.Count != current.Count)
        {
            open = current.Publish();
        }
    }

    public void Rollback()
    {
        current = committed;
        current.Truncate(open.Count);
    }
}
