using System.Collections.Immutable;
using Approvals.Actors;
using Approvals.Audit;
using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Audit;

/// <summary>Appends entries: the writer's side of the trail. Nothing here, or anywhere else, changes or removes one.</summary>
internal sealed class AuditLog(Connection connection)
{
    /// <summary>Family of the trail in the posting table.</summary>
    public const int Family = 1;

    /// <summary>Bits for the sequence within a request, in the key of the trail table.</summary>
    public const int SequenceBits = 24;

    private readonly KnownKeys keys = new();
    private readonly AuditTimes times = new(connection);
    private (long Tenant, Subject? Subject, UInt128 Key) last;
    private long next;
    private long committedNext;

    public PostingIndex Index { get; } = new(Family);

    /// <summary>Continues where the file ends: reads the entries of the segment that is not full yet.</summary>
    public void Open()
    {
        next = (connection.Number("SELECT max(position) FROM audit") ?? -1) + 1;
        // Position 0 stays empty: cursors and checkpoints begin "after 0".
        next = Math.Max(next, 1);
        Index.Restart(next);
        var row = connection.Prepare("SELECT position, tenant, canonical, at FROM audit WHERE position >= ?1")
            .Bind(1, PostingSegment.Of(next) << PostingSegment.Bits);
        while (row.Step())
        {
            times.Add(Time.At(row.Int(3)));
            Add(row.Int(0), PostingKind.Tenant, row.Int(1), "");
            if (TryRead(row.Bytes(2)) is { } fields)
            {
                Add(row.Int(0), row.Int(1), fields.ActorId, fields.ActorType, fields.Action, SubjectKey(row.Int(1), SubjectOf(fields)));
            }
        }

        Commit();
    }

    /// <param name="request">Its number; 0 for the tenant's own chain.</param>
    /// <param name="head">The chain's end before them.</param>
    /// <returns>The chain's new end.</returns>
    public ChainHead Append(long tenant, long request, ChainHead head, ImmutableArray<AuditEntry> entries)
    {
        if (entries.IsEmpty)
        {
            return head;
        }

        var first = next;
        foreach (var entry in entries)
        {
            Insert(tenant, request, entry);
        }

        var last = entries[^1];
        if (request != 0)
        {
            connection.Prepare("INSERT INTO trail(id, first, count) VALUES (?1, ?2, ?3)")
                .Bind(1, TrailId(request, last.Sequence)).Bind(2, first).Bind(3, entries.Length).Run();
        }

        return new ChainHead(last.Sequence, last.Hash);
    }

    public void Commit()
    {
        committedNext = next;
        Index.Commit();
        times.Commit();
    }

    public void Rollback()
    {
        next = committedNext;
        Index.Rollback();
        times.Rollback();
    }

    private void Insert(long tenant, long request, AuditEntry entry)
    {
        var position = next++;
        if (Index.Advance(connection, position) is { } completed)
        {
            times.Write(completed);
        }

        var draft = entry.Draft;
        Span<byte> hash = stackalloc byte[HashColumn.Size];
        HashColumn.Write(entry.Hash, hash);
        connection.Prepare("INSERT INTO audit(position, tenant, chain, sequence, at, hash, canonical) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            .Bind(1, position).Bind(2, tenant).Bind(3, request == 0 ? null : entry.Chain).Bind(4, entry.Sequence)
            .Bind(5, draft.At.UtcTicks).Bind(6, hash).BindText(7, entry.Canonical.Span).Run();
        times.Add(draft.At);
        Add(position, PostingKind.Tenant, tenant, "");
        Add(position, tenant, draft.Actor.Id, Word(draft.Actor.Type), draft.Action, SubjectKey(tenant, draft.Subject));
    }

    /// <summary>Entries of one request lie together, in their order.</summary>
    public static long TrailId(long request, long sequence) =>
        sequence < 1 << SequenceBits ? checked(request << SequenceBits) | sequence : throw new InvalidOperationException("A request's trail is full.");

    private void Add(long position, long tenant, string actor, string actorType, string action, UInt128? subject)
    {
        Add(position, PostingKind.Actor, tenant, actor);
        Add(position, PostingKind.ActorType, tenant, actorType);
        Add(position, PostingKind.Action, tenant, action);
        if (subject is { } key)
        {
            Index.Add(connection, position, key);
        }
    }

    /// <summary>Remembers the last: the entries of a transition are all about one.</summary>
    private UInt128? SubjectKey(long tenant, Subject? subject)
    {
        if (subject is null)
        {
            return null;
        }

        if (!ReferenceEquals(subject, last.Subject) || tenant != last.Tenant)
        {
            last = (tenant, subject, PostingKey.Of(PostingKind.Subject, tenant, subject.ToString()));
        }

        return last.Key;
    }

    private void Add(long position, PostingKind kind, long tenant, string value) => Index.Add(connection, position, keys.Of(kind, tenant, value));

    private static string Word(ActorType type) => type switch
    {
        ActorType.Human => "human",
        ActorType.Agent => "agent",
        _ => "system",
    };

    /// <summary>An entry that somebody damaged is not found by its fields any more; verification names it.</summary>
    private static AuditFields? TryRead(ReadOnlySpan<byte> canonical)
    {
        try
        {
            return AuditFields.Read(canonical);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Subject? SubjectOf(AuditFields fields) => fields.SubjectType is null ? null : new(fields.SubjectType, fields.SubjectId ?? "");
}
