using System.Collections.Immutable;
using Approvals.Outbox;

namespace Approvals.Standalone.Sqlite.Outbox;

/// <summary>
/// The events of the last commits, for consumers and streams that keep up: each of them would otherwise read the same rows from the file,
/// through a page cache that every commit empties.
/// </summary>
internal sealed class RecentEvents
{
    private const int Most = 2048;

    private readonly Lock gate = new();
    private readonly OutboxRecord[] records = new OutboxRecord[Most];

    /// <summary>Position of the first that is kept, and of the one after the last. Without any, both are where the file ends.</summary>
    private long first;
    private long next;

    /// <summary>Begins anew behind what the file has.</summary>
    public void Restart(long head)
    {
        lock (gate)
        {
            first = next = head + 1;
        }
    }

    /// <summary>After the commit, in order and without gaps.</summary>
    public void Add(List<OutboxRecord> committed)
    {
        lock (gate)
        {
            foreach (var record in committed)
            {
                records[record.Position % Most] = record;
            }

            next += committed.Count;
            first = Math.Max(first, next - Most);
        }
    }

    /// <summary>Null: it takes the file to tell what comes after that.</summary>
    public ImmutableArray<OutboxRecord>? After(long position, int most)
    {
        lock (gate)
        {
            if (position < first - 1 || position >= next)
            {
                return null;
            }

            var found = ImmutableArray.CreateBuilder<OutboxRecord>((int)Math.Min(most, next - 1 - position));
            for (var at = position + 1; at < next && found.Count < most; at++)
            {
                found.Add(records[at % Most]);
            }

            return found.MoveToImmutable();
        }
    }
}
