using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Functions.Tables.Events;

/// <summary>The last events that this process wrote, without a gap: consumers in it need not read back what was just written.</summary>
internal sealed class RecentEvents
{
    private const int Most = 1000;

    private readonly Lock gate = new();
    private readonly List<OutboxRecord> records = [];

    /// <summary>The last position that this process wrote; 0 before.</summary>
    public long Last
    {
        get
        {
            lock (gate)
            {
                return records.Count == 0 ? 0 : records[^1].Position;
            }
        }
    }

    public void Add(long first, IReadOnlyList<OutboxEvent> events)
    {
        lock (gate)
        {
            if (records.Count > 0 && (first != records[^1].Position + 1 || records.Count + events.Count > 2 * Most))
            {
                // Another process wrote in between, or there are enough.
                records.RemoveRange(0, first == records[^1].Position + 1 ? records.Count - Most : records.Count);
            }

            for (var i = 0; i < events.Count; i++)
            {
                records.Add(new OutboxRecord(first + i, events[i]));
            }
        }
    }

    /// <summary>False: it is not known here whether there are further ones.</summary>
    /// <param name="reached">A position that is known to exist, in whichever process it was written.</param>
    public bool TryRead(long after, int most, long reached, out ImmutableArray<OutboxRecord> found)
    {
        lock (gate)
        {
            found = [];
            if (records.Count == 0 || after + 1 < records[0].Position || reached > records[^1].Position || after > records[^1].Position)
            {
                return false;
            }

            var start = (int)(after + 1 - records[0].Position);
            found = [.. records.Skip(start).Take(most)];
            return true;
        }
    }
}
