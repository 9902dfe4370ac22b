using System.Collections.Immutable;
using Approvals.Audit;
using Approvals.Requests;
using Approvals.Standalone.Sqlite.Postings;

namespace Approvals.Standalone.Sqlite.Requests;

/// <summary>The writer's side of the requests: finds and writes them within the running transaction.</summary>
internal sealed class RequestTable(Connection connection, RequestCache cache)
{
    /// <summary>Family of the requests in the posting table.</summary>
    public const int Family = 0;

    private readonly Dictionary<(long Tenant, string Id), RequestRow> changed = [];
    private readonly KnownKeys keys = new();
    private long next;
    private long committedNext;

    public PostingIndex Index { get; } = new(Family);

    /// <summary>Rows that the running transaction has written, as they are now.</summary>
    public IReadOnlyCollection<RequestRow> Changed => changed.Values;

    public void Open()
    {
        next = (connection.Number("SELECT max(number) FROM request") ?? 0) + 1;
        Index.Restart(next);
        var row = connection.Prepare($"SELECT {RequestReader.Columns} WHERE r.number >= ?1")
            .Bind(1, PostingSegment.Of(next) << PostingSegment.Bits);
        while (row.Step())
        {
            AddKeys(RequestReader.Read(row));
        }

        Commit();
    }

    /// <summary>A request as the running transaction sees it.</summary>
    public RequestRow? Find(long tenant, string id)
    {
        if (changed.TryGetValue((tenant, id), out var row) || cache.TryGet(tenant, id, out row))
        {
            return row;
        }

        row = RequestReader.Find(connection, tenant, id);
        if (row is not null)
        {
            // Only the writer fills the cache, so what is in it can't be older than the file.
            cache.Put(row);
        }

        return row;
    }

    public RequestRow? Find(long number)
    {
        var (tenant, id) = RequestReader.IdOf(connection, number) ?? default;
        return id is null ? null : Find(tenant, id);
    }

    /// <summary>The number of the request that is about to be inserted. One that is not used leaves a gap, which nobody minds.</summary>
    public long Reserve() => next++;

    /// <param name="text">Its state's column.</param>
    public void Insert(RequestRow row, ReadOnlySpan<byte> text)
    {
        Index.Advance(connection, row.Number);
        var state = row.Stored.State;
        Bind(
            connection.Prepare("""
                INSERT INTO request(tenant, id, status, snapshot, head_sequence, head_hash, due, waiting, involved, title, state, number)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                """).Bind(1, row.Tenant).Bind(2, state.Id),
            row,
            text).Run();
        AddKeys(row);
        changed[(row.Tenant, state.Id)] = row;
    }

    /// <param name="text">The column of the state after it.</param>
    public void Update(RequestRow before, RequestRow after, ReadOnlySpan<byte> text)
    {
        Bind(
            connection.Prepare("""
                UPDATE request SET status = ?3, snapshot = ?4, head_sequence = ?5, head_hash = ?6, due = ?7, waiting = ?8, involved = ?9,
                  title = ?10, state = ?11 WHERE number = ?12
                """),
            after,
            text).Run();
        foreach (var person in after.Involved.AsSpan()[before.Involved.Length..])
        {
            Index.Add(connection, after.Number, keys.Of(PostingKind.Involved, after.Tenant, person));
        }

        changed[(after.Tenant, after.Stored.State.Id)] = after;
    }

    /// <summary>Moves when time next does something to it, and nothing else.</summary>
    public void Postpone(RequestRow row, long? due)
    {
        connection.Prepare("UPDATE request SET due = ?1 WHERE number = ?2").Bind(1, due).Bind(2, row.Number).Run();
        changed[(row.Tenant, row.Stored.State.Id)] = row with { Due = due };
    }

    /// <summary>Moves the end of the audit chain, and nothing else.</summary>
    public void UpdateHead(RequestRow row, ChainHead head)
    {
        Span<byte> hash = stackalloc byte[HashColumn.Size];
        HashColumn.Write(head.Hash, hash);
        connection.Prepare("UPDATE request SET head_sequence = ?1, head_hash = ?2 WHERE number = ?3")
            .Bind(1, head.Sequence).Bind(2, hash).Bind(3, row.Number).Run();
        changed[(row.Tenant, row.Stored.State.Id)] = row with { Stored = row.Stored with { Head = head } };
    }

    /// <param name="snapshot">Its number within the request.</param>
    public void InsertSnapshot(long request, int snapshot, ReadOnlySpan<byte> text) =>
        connection.Prepare("INSERT INTO snapshot(id, body) VALUES (?1, ?2)")
            .Bind(1, RequestReader.SnapshotId(request, snapshot)).BindText(2, text).Run();

    public void Commit()
    {
        committedNext = next;
        Index.Commit();
        foreach (var row in changed.Values)
        {
            cache.Put(row);
        }

        changed.Clear();
    }

    public void Rollback()
    {
        next = committedNext;
        Index.Rollback();
        changed.Clear();
    }

    private static Statement Bind(Statement statement, RequestRow row, ReadOnlySpan<byte> text)
    {
        var (state, snapshot, head) = row.Stored;
        Span<byte> hash = stackalloc byte[HashColumn.Size];
        HashColumn.Write(head.Hash, hash);
        return statement.Bind(3, StatusColumn.Of(state.Status)).Bind(4, snapshot.Number).Bind(5, head.Sequence).Bind(6, hash)
            .Bind(7, row.Due).Bind(8, row.Waiting.ToColumn())
            .BindText(9, StoreJson.Write(row.Involved, StoreJson.Default.ImmutableArrayString))
            .Bind(10, snapshot.Title).BindText(11, text).Bind(12, row.Number);
    }

    private void AddKeys(RequestRow row)
    {
        var state = row.Stored.State;
        Add(row, PostingKind.Tenant, "");
        Add(row, PostingKind.Requester, state.Requester.Id);
        Add(row, PostingKind.RequestType, state.RequestType);
        Index.Add(connection, row.Number, PostingKey.Of(PostingKind.Subject, row.Tenant, state.Subject.ToString()));
        foreach (var person in row.Involved)
        {
            Add(row, PostingKind.Involved, person);
        }
    }

    private void Add(RequestRow row, PostingKind kind, string value) => Index.Add(connection, row.Number, keys.Of(kind, row.Tenant, value));
}
